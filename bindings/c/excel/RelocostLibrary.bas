Attribute VB_Name = "RelocostLibrary"
' The declarations of relocost.h for VBA in Excel of 64 bits on Windows; the header documents them, and
' tests/declarations.py holds them against it. Licence: MIT OR Apache-2.0.
'
' VBA tells no capitals from small letters, so that a function and a type bear other names than the numbers
' (RELOCOST_TEXT): relocost_compare is lib_compare, the struct relocost_text is RelocostText. A size_t, a handle and
' any pointer that may be NULL are a LongPtr: VarPtr of a struct or of a buffer's first byte, or 0. Where VBA has a word
' for itself, the name is another: failure (error), of_variant (variant), number (integer), currency_code (currency).
' A function of progress is none of VBA's: leave its pointer 0.
Option Explicit
Option Private Module

Public Const RELOCOST_ZERO_ENDED As LongLong = -1
Public Const RELOCOST_ABI_VERSION As Long = 1
Public Const RELOCOST_VERSION_NUMBER As Long = 1000
Public Const RELOCOST_SAMPLING_RANDOM As Long = 0
Public Const RELOCOST_SAMPLING_LATIN_HYPERCUBE As Long = 1
Public Const RELOCOST_SAMPLING_SOBOL As Long = 2
Public Const RELOCOST_KEEP_NOTHING As Long = 0
Public Const RELOCOST_KEEP_TOTALS As Long = 1
Public Const RELOCOST_KEEP_EVERYTHING As Long = 2
Public Const RELOCOST_FIGURES_ALL As Long = 0
Public Const RELOCOST_FIGURES_TOTALS As Long = 1
Public Const RELOCOST_FIGURES_BY_FISCAL_YEAR As Long = 2
Public Const RELOCOST_FIGURES_BY_CATEGORY As Long = 3
Public Const RELOCOST_FIGURES_BY_FUND As Long = 4
Public Const RELOCOST_NOMINAL As Long = 0
Public Const RELOCOST_CONSTANT As Long = 1
Public Const RELOCOST_JSON As Long = 0
Public Const RELOCOST_CSV As Long = 1
Public Const RELOCOST_TEXT_EN As Long = 2
Public Const RELOCOST_TEXT_FR As Long = 3
Public Const RELOCOST_HTML_EN As Long = 4
Public Const RELOCOST_HTML_FR As Long = 5
Public Const RELOCOST_TOML As Long = 6
Public Const RELOCOST_CSV_FR As Long = 7
Public Const RELOCOST_XLSX_EN As Long = 8
Public Const RELOCOST_XLSX_FR As Long = 9
Public Const RELOCOST_HLEDGER_EN As Long = 10
Public Const RELOCOST_HLEDGER_FR As Long = 11
Public Const RELOCOST_BEANCOUNT_EN As Long = 12
Public Const RELOCOST_BEANCOUNT_FR As Long = 13
Public Const RELOCOST_DOCX_EN As Long = 14
Public Const RELOCOST_DOCX_FR As Long = 15
Public Const RELOCOST_INTEGER As Long = 1
Public Const RELOCOST_MONEY As Long = 2
Public Const RELOCOST_DECIMAL As Long = 3
Public Const RELOCOST_TEXT As Long = 4
Public Const RELOCOST_FIGURE_BASE_TOTAL As Long = 1
Public Const RELOCOST_FIGURE_ALTERNATIVE_TOTAL As Long = 2
Public Const RELOCOST_FIGURE_EXTRA As Long = 3
Public Const RELOCOST_FIGURE_RESIDUAL As Long = 4
Public Const RELOCOST_FIGURE_TOTAL As Long = 5
Public Const RELOCOST_FIGURE_COST As Long = 6
Public Const RELOCOST_FIGURE_PREMIUM As Long = 20
Public Const RELOCOST_FIGURE_FACTOR As Long = 21
Public Const RELOCOST_FIGURE_TARGET As Long = 22
Public Const RELOCOST_FIGURE_CURRENCY As Long = 40
Public Const RELOCOST_FIGURE_BASIS As Long = 41
Public Const RELOCOST_FIGURE_BASE As Long = 42
Public Const RELOCOST_FIGURE_ALTERNATIVE As Long = 43
Public Const RELOCOST_FIGURE_PATHWAY As Long = 44
Public Const RELOCOST_FIGURE_BAND As Long = 45
Public Const RELOCOST_FIGURE_START As Long = 46
Public Const RELOCOST_FIGURE_RESTS_ON As Long = 47
Public Const RELOCOST_FIGURE_TITLE As Long = 48
Public Const RELOCOST_FIGURE_KNOWN As Long = 49
Public Const RELOCOST_FIGURE_HORIZON_MONTHS As Long = 60
Public Const RELOCOST_FIGURE_ENTRIES As Long = 61
Public Const RELOCOST_FIGURE_COUNT As Long = 62
Public Const RELOCOST_FIGURE_CHARGED_LINES As Long = 63
Public Const RELOCOST_FIGURE_ILLUSTRATIVE_LINES As Long = 64
Public Const RELOCOST_FIGURE_PASSED As Long = 65
Public Const RELOCOST_FIGURE_FAILED As Long = 66
Public Const RELOCOST_FIGURE_FISCAL_YEAR_START As Long = 67
Public Const RELOCOST_PROGRAMME_VALUES As Long = 1
Public Const RELOCOST_PROGRAMME_CASES As Long = 2
Public Const RELOCOST_TABLE_PATHWAYS As Long = 1
Public Const RELOCOST_TABLE_BY_CATEGORY As Long = 2
Public Const RELOCOST_TABLE_BY_FISCAL_YEAR As Long = 3
Public Const RELOCOST_TABLE_BY_FUND As Long = 4
Public Const RELOCOST_TABLE_PREMIUM_CURVE As Long = 5
Public Const RELOCOST_TABLE_ATTRIBUTION As Long = 6
Public Const RELOCOST_TABLE_PATHWAY_CATEGORIES As Long = 7
Public Const RELOCOST_TABLE_PATHWAY_FISCAL_YEARS As Long = 8
Public Const RELOCOST_TABLE_PATHWAY_FUNDS As Long = 9
Public Const RELOCOST_TABLE_PATHWAY_LINES As Long = 10
Public Const RELOCOST_TABLE_DIFFERENCES As Long = 11
Public Const RELOCOST_TABLE_PATHWAY_PLACES As Long = 12
Public Const RELOCOST_TABLE_ENTRIES As Long = 20
Public Const RELOCOST_TABLE_YEARS_AND_CATEGORIES As Long = 21
Public Const RELOCOST_TABLE_SOURCES As Long = 22
Public Const RELOCOST_TABLE_WAITS As Long = 30
Public Const RELOCOST_TABLE_HOUSEHOLDS As Long = 31
Public Const RELOCOST_TABLE_VARIANTS As Long = 32
Public Const RELOCOST_TABLE_TOTALS As Long = 33
Public Const RELOCOST_TABLE_EFFECTS As Long = 34
Public Const RELOCOST_TABLE_DETAILS As Long = 35
Public Const RELOCOST_TABLE_POINTS As Long = 36
Public Const RELOCOST_TABLE_EXPECTATIONS As Long = 37
Public Const RELOCOST_TABLE_LINES As Long = 38
Public Const RELOCOST_TABLE_FIGURES As Long = 39
Public Const RELOCOST_TABLE_ENTITLEMENTS As Long = 40
Public Const RELOCOST_TABLE_CATEGORIES As Long = 41
Public Const RELOCOST_TABLE_FUNDS As Long = 42
Public Const RELOCOST_TABLE_SOLUTIONS As Long = 43
Public Const RELOCOST_TABLE_WHAT_IFS As Long = 44
Public Const RELOCOST_TABLE_PLACES As Long = 45
Public Const RELOCOST_TABLE_DRIVERS As Long = 46
Public Const RELOCOST_TABLE_PRICES As Long = 47
Public Const RELOCOST_TABLE_RATES As Long = 48
Public Const RELOCOST_TABLE_ESTIMATES As Long = 49
Public Const RELOCOST_TABLE_TORNADO As Long = 50
Public Const RELOCOST_TABLE_INDICES As Long = 51
Public Const RELOCOST_TABLE_RANKS As Long = 52
Public Const RELOCOST_TABLE_STATISTICS As Long = 53
Public Const RELOCOST_TABLE_MOVED As Long = 54
Public Const RELOCOST_TABLE_STANDING As Long = 55
Public Const RELOCOST_TABLE_BUDGET As Long = 60
Public Const RELOCOST_TABLE_BUDGET_YEARS As Long = 61
Public Const RELOCOST_TABLE_BUDGET_FUNDS As Long = 62
Public Const RELOCOST_TABLE_BUDGET_TOTALS As Long = 63
Public Const RELOCOST_TABLE_BUDGET_PARTS As Long = 64
Public Const RELOCOST_TABLE_BUDGET_YEARS_AND_PARTS As Long = 65
Public Const RELOCOST_TABLE_SUPPORTED As Long = 66
Public Const RELOCOST_TABLE_CAUSES As Long = 67
Public Const RELOCOST_TABLE_RUN_OFF As Long = 68
Public Const RELOCOST_TABLE_AFTER As Long = 69
Public Const RELOCOST_TABLE_CEILINGS As Long = 70
Public Const RELOCOST_TABLE_VALUES As Long = 71
Public Const RELOCOST_TABLE_STEPS As Long = 72
Public Const RELOCOST_TABLE_MONTHS As Long = 73
Public Const RELOCOST_TABLE_WAITING As Long = 74
Public Const RELOCOST_TABLE_GIVEN_WITHIN As Long = 75
Public Const RELOCOST_TABLE_AGREEMENTS As Long = 76
Public Const RELOCOST_TABLE_AGREEMENT_YEARS As Long = 77
Public Const RELOCOST_TABLE_CASES As Long = 78
Public Const RELOCOST_TABLE_CASE_STAGES As Long = 79
Public Const RELOCOST_TABLE_MONTHS_AND_FUNDS As Long = 80
Public Const RELOCOST_TABLE_BUDGET_CAUSES As Long = 81
Public Const RELOCOST_TABLE_BUDGET_CAUSE_YEARS As Long = 82
Public Const RELOCOST_TABLE_BUDGET_CAUSE_FUNDS As Long = 83
Public Const RELOCOST_TABLE_BUDGET_CAUSE_YEARS_AND_FUNDS As Long = 84
Public Const RELOCOST_TABLE_BUDGET_CASES As Long = 85
Public Const RELOCOST_TABLE_BUDGET_CHANGES As Long = 86
Public Const RELOCOST_TABLE_FUTURES As Long = 87
Public Const RELOCOST_TABLE_FUTURE_CEILINGS As Long = 88
Public Const RELOCOST_TABLE_FUTURE_WAITING As Long = 89
Public Const RELOCOST_TABLE_POSTINGS As Long = 90
Public Const RELOCOST_TABLE_PUBLISHED As Long = 91
Public Const RELOCOST_TABLE_AUDIT As Long = 92
Public Const RELOCOST_OK As Long = 0
Public Const RELOCOST_TOO_LARGE As Long = 1001
Public Const RELOCOST_NOT_UTF8 As Long = 1002
Public Const RELOCOST_SYNTAX As Long = 1003
Public Const RELOCOST_TOO_DEEP As Long = 1004
Public Const RELOCOST_DUPLICATE_KEY As Long = 1005
Public Const RELOCOST_UNREADABLE As Long = 1006
Public Const RELOCOST_CATALOGUE As Long = 1007
Public Const RELOCOST_UNKNOWN_KEY As Long = 2001
Public Const RELOCOST_MISSING_KEY As Long = 2002
Public Const RELOCOST_WRONG_KIND As Long = 2003
Public Const RELOCOST_BAD_DECIMAL As Long = 2004
Public Const RELOCOST_OUT_OF_RANGE As Long = 2005
Public Const RELOCOST_UNKNOWN_NAME As Long = 2006
Public Const RELOCOST_DUPLICATE As Long = 2007
Public Const RELOCOST_CONFLICT As Long = 2008
Public Const RELOCOST_BAD_NAME As Long = 2009
Public Const RELOCOST_BAD_TEXT As Long = 2010
Public Const RELOCOST_TOO_MANY As Long = 2011
Public Const RELOCOST_NOT_POSITIVE As Long = 2012
Public Const RELOCOST_MISSING_RATE As Long = 3001
Public Const RELOCOST_TOO_LARGE_FIGURE As Long = 3002
Public Const RELOCOST_UNKNOWN_PATHWAY As Long = 3003
Public Const RELOCOST_NO_SOLUTION As Long = 3004
Public Const RELOCOST_INTERRUPTED As Long = 3005
Public Const RELOCOST_OUT_OF_MEMORY As Long = 3006
Public Const RELOCOST_DISCLOSURE As Long = 3007
Public Const RELOCOST_UNKNOWN_FIGURE As Long = 4001
Public Const RELOCOST_NEVER_USED As Long = 5001
Public Const RELOCOST_CONTRADICTION As Long = 5002
Public Const RELOCOST_LEAVES_DOMAIN As Long = 5003
Public Const RELOCOST_MINORS_ALONE As Long = 5004
Public Const RELOCOST_SAME_REFERENCE As Long = 5005
Public Const RELOCOST_PER_CENT As Long = 5006
Public Const RELOCOST_NULL_POINTER As Long = 9001
Public Const RELOCOST_WRONG_HANDLE As Long = 9002
Public Const RELOCOST_MISALIGNED As Long = 9003
Public Const RELOCOST_SHORT_BUFFER As Long = 9004
Public Const RELOCOST_ARGUMENT_NOT_UTF8 As Long = 9005
Public Const RELOCOST_WRONG_LENGTH As Long = 9006
Public Const RELOCOST_WRONG_SIZE As Long = 9007
Public Const RELOCOST_UNKNOWN_CHOICE As Long = 9008
Public Const RELOCOST_NO_SUCH_PLACE As Long = 9009
Public Const RELOCOST_OTHER_KIND As Long = 9010
Public Const RELOCOST_NO_VALUE As Long = 9011
Public Const RELOCOST_BEYOND_INT64 As Long = 9012
Public Const RELOCOST_NOT_OF_THIS_RESULT As Long = 9013
Public Const RELOCOST_DEFECT As Long = 9099

Public Type RelocostText
    data As LongPtr
    length As LongPtr
End Type

Public Type RelocostFinding
    number As Long
    line As Long
    column As Long
    reserved As Long
    name As RelocostText
    message As RelocostText
    file As RelocostText
    key As RelocostText
End Type

Public Type RelocostLoadOptions
    size As LongPtr
    show_values As Long
    reserved As Long
    catalogue_folders As LongPtr
    catalogue_folder_count As LongPtr
    catalogue As RelocostText
End Type

Public Type RelocostOptions
    size As LongPtr
    base As RelocostText
    alternative As RelocostText
    basis As Long
    months As Long
    threads As Long
    reserved As Long
    progress As LongPtr
    user As LongPtr
End Type

Public Type RelocostSelection
    size As LongPtr
    category As RelocostText
    line As RelocostText
    month As RelocostText
    fund As RelocostText
    fiscal_year As Long
    reserved As Long
End Type

Public Type RelocostChange
    set_number As LongPtr
    path As RelocostText
    value As RelocostText
End Type

Public Type RelocostAxis
    path As RelocostText
    values As LongPtr
    value_count As LongPtr
End Type

Public Type RelocostEstimateOptions
    size As LongPtr
    currency_code As RelocostText
    of_temporary As Long
    months As Long
    low As RelocostText
    high As RelocostText
End Type

Public Type RelocostRateOptions
    size As LongPtr
    currency_code As RelocostText
    of As RelocostText
    first_year As Long
    last_year As Long
    month As Long
    allow_gaps As Long
    columns As LongPtr
    column_count As LongPtr
    filters As LongPtr
    filter_count As LongPtr
End Type

Public Type RelocostPaymentOptions
    size As LongPtr
    pathway As RelocostText
    from As RelocostText
    until_month As RelocostText
    window As Long
    same_month As Long
    progress As LongPtr
    user As LongPtr
End Type

Public Type RelocostMoney
    minor As LongLong
    decimals As Long
    currency_code(0 To 3) As Byte
End Type

Public Type RelocostSimulateOptions
    size As LongPtr
    draws As LongLong
    seed As LongLong
    precision As Double
    base As RelocostText
    alternative As RelocostText
    sampling As Long
    basis As Long
    keep As Long
    threads As Long
    resamples As Long
    figures As Long
    progress As LongPtr
    user As LongPtr
End Type

Public Type RelocostPublishOptions
    size As LongPtr
    base As RelocostText
    alternative As RelocostText
    tables As LongPtr
    table_count As LongPtr
    beside As LongPtr
    beside_count As LongPtr
    threshold As LongLong
    basis As Long
    threads As Long
    progress As LongPtr
    user As LongPtr
End Type

Public Type RelocostStatistics
    size As LongPtr
    draws As LongLong
    mean As Double
    sd As Double
    se As Double
    least As Double
    most As Double
    p5 As Double
    p10 As Double
    p50 As Double
    p80 As Double
    p90 As Double
    p95 As Double
    se_p5 As Double
    se_p10 As Double
    se_p50 As Double
    se_p80 As Double
    se_p90 As Double
    se_p95 As Double
    expected_shortfall_95 As Double
End Type

Public Type RelocostBandShares
    size As LongPtr
    below As Double
    within As Double
    above As Double
    none As Double
End Type

Public Declare PtrSafe Function lib_abi_version Lib "relocost.dll" Alias "relocost_abi_version" () As Long
Public Declare PtrSafe Function lib_version_number Lib "relocost.dll" Alias "relocost_version_number" () As Long
Public Declare PtrSafe Function lib_version Lib "relocost.dll" Alias "relocost_version" () As LongPtr
Public Declare PtrSafe Function lib_status_name Lib "relocost.dll" Alias "relocost_status_name" ( _
    ByVal status As Long) As LongPtr
Public Declare PtrSafe Function lib_error_count Lib "relocost.dll" Alias "relocost_error_count" ( _
    ByVal failure As LongPtr, ByRef count As LongPtr) As Long
Public Declare PtrSafe Function lib_error_more Lib "relocost.dll" Alias "relocost_error_more" ( _
    ByVal failure As LongPtr, ByRef more As LongPtr) As Long
Public Declare PtrSafe Function lib_error_finding Lib "relocost.dll" Alias "relocost_error_finding" ( _
    ByVal failure As LongPtr, ByVal index As LongPtr, ByRef finding As RelocostFinding) As Long
Public Declare PtrSafe Function lib_error_text Lib "relocost.dll" Alias "relocost_error_text" ( _
    ByVal failure As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_error_write Lib "relocost.dll" Alias "relocost_error_write" ( _
    ByVal failure As LongPtr, ByVal form As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Sub lib_error_free Lib "relocost.dll" Alias "relocost_error_free" ( _
    ByVal failure As LongPtr)
Public Declare PtrSafe Function lib_scenario_from_text Lib "relocost.dll" Alias "relocost_scenario_from_text" ( _
    ByVal text As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, ByRef scenario As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_from_file Lib "relocost.dll" Alias "relocost_scenario_from_file" ( _
    ByVal path As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, ByRef scenario As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_write Lib "relocost.dll" Alias "relocost_scenario_write" ( _
    ByVal scenario As LongPtr, ByVal form As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_with Lib "relocost.dll" Alias "relocost_scenario_with" ( _
    ByVal scenario As LongPtr, ByVal path As LongPtr, ByVal path_length As LongPtr, ByVal value As LongPtr, _
    ByVal value_length As LongPtr, ByRef changed As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_parameter Lib "relocost.dll" Alias "relocost_scenario_parameter" ( _
    ByVal scenario As LongPtr, ByVal path As LongPtr, ByVal path_length As LongPtr, ByVal buffer As LongPtr, _
    ByVal capacity As LongPtr, ByRef required As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_variant Lib "relocost.dll" Alias "relocost_scenario_variant" ( _
    ByVal scenario As LongPtr, ByVal name As LongPtr, ByVal length As LongPtr, ByRef of_variant As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_at_means Lib "relocost.dll" Alias "relocost_scenario_at_means" ( _
    ByVal scenario As LongPtr, ByRef at_means As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_warnings Lib "relocost.dll" Alias "relocost_scenario_warnings" ( _
    ByVal scenario As LongPtr, ByRef warnings As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_text Lib "relocost.dll" Alias "relocost_scenario_text" ( _
    ByVal scenario As LongPtr, ByVal figure As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_integer Lib "relocost.dll" Alias "relocost_scenario_integer" ( _
    ByVal scenario As LongPtr, ByVal figure As Long, ByRef number As LongLong) As Long
Public Declare PtrSafe Function lib_scenario_table Lib "relocost.dll" Alias "relocost_scenario_table" ( _
    ByVal scenario As LongPtr, ByVal which As Long, ByRef table As LongPtr) As Long
Public Declare PtrSafe Sub lib_scenario_free Lib "relocost.dll" Alias "relocost_scenario_free" ( _
    ByVal scenario As LongPtr)
Public Declare PtrSafe Function lib_compare_text Lib "relocost.dll" Alias "relocost_compare_text" ( _
    ByVal text As LongPtr, ByVal length As LongPtr, ByVal form As Long, ByVal buffer As LongPtr, _
    ByVal capacity As LongPtr, ByRef required As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_compare Lib "relocost.dll" Alias "relocost_compare" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_ledger Lib "relocost.dll" Alias "relocost_ledger" ( _
    ByVal scenario As LongPtr, ByVal pathway As LongPtr, ByVal pathway_length As LongPtr, _
    ByVal options As LongPtr, ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_explain Lib "relocost.dll" Alias "relocost_explain" ( _
    ByVal ledger As LongPtr, ByVal selection As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_delay Lib "relocost.dll" Alias "relocost_delay" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_calibrate Lib "relocost.dll" Alias "relocost_calibrate" ( _
    ByVal scenario As LongPtr, ByVal target As LongPtr, ByVal target_length As LongPtr, ByVal lines As LongPtr, _
    ByVal line_count As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_estimate Lib "relocost.dll" Alias "relocost_estimate" ( _
    ByVal cost As LongPtr, ByVal cost_length As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_caseload_text Lib "relocost.dll" Alias "relocost_caseload_text" ( _
    ByVal scenario As LongPtr, ByVal csv As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_caseload_file Lib "relocost.dll" Alias "relocost_caseload_file" ( _
    ByVal scenario As LongPtr, ByVal path As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_compare_variants Lib "relocost.dll" Alias "relocost_compare_variants" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_what_ifs Lib "relocost.dll" Alias "relocost_what_ifs" ( _
    ByVal scenario As LongPtr, ByVal changes As LongPtr, ByVal change_count As LongPtr, ByVal set_count As LongPtr, _
    ByVal options As LongPtr, ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_grid Lib "relocost.dll" Alias "relocost_grid" ( _
    ByVal scenario As LongPtr, ByVal axes As LongPtr, ByVal axis_count As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_diff Lib "relocost.dll" Alias "relocost_diff" ( _
    ByVal old As LongPtr, ByVal changed As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_tornado Lib "relocost.dll" Alias "relocost_tornado" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_run_expectations Lib "relocost.dll" Alias "relocost_run_expectations" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_result_write Lib "relocost.dll" Alias "relocost_result_write" ( _
    ByVal result As LongPtr, ByVal form As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_result_money Lib "relocost.dll" Alias "relocost_result_money" ( _
    ByVal result As LongPtr, ByVal figure As Long, ByRef value As RelocostMoney) As Long
Public Declare PtrSafe Function lib_result_text Lib "relocost.dll" Alias "relocost_result_text" ( _
    ByVal result As LongPtr, ByVal figure As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_result_warnings Lib "relocost.dll" Alias "relocost_result_warnings" ( _
    ByVal result As LongPtr, ByRef warnings As LongPtr) As Long
Public Declare PtrSafe Function lib_result_integer Lib "relocost.dll" Alias "relocost_result_integer" ( _
    ByVal result As LongPtr, ByVal figure As Long, ByRef value As LongLong) As Long
Public Declare PtrSafe Function lib_result_double_for_charts Lib "relocost.dll" _
    Alias "relocost_result_double_for_charts" ( _
    ByVal result As LongPtr, ByVal figure As Long, ByRef value As Double) As Long
Public Declare PtrSafe Function lib_result_table Lib "relocost.dll" Alias "relocost_result_table" ( _
    ByVal result As LongPtr, ByVal which As Long, ByRef table As LongPtr) As Long
Public Declare PtrSafe Function lib_result_scenario Lib "relocost.dll" Alias "relocost_result_scenario" ( _
    ByVal result As LongPtr, ByRef scenario As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Sub lib_result_free Lib "relocost.dll" Alias "relocost_result_free" ( _
    ByVal result As LongPtr)
Public Declare PtrSafe Function lib_table_rows Lib "relocost.dll" Alias "relocost_table_rows" ( _
    ByVal table As LongPtr, ByRef rows As LongPtr) As Long
Public Declare PtrSafe Function lib_table_columns Lib "relocost.dll" Alias "relocost_table_columns" ( _
    ByVal table As LongPtr, ByRef columns As LongPtr) As Long
Public Declare PtrSafe Function lib_table_find Lib "relocost.dll" Alias "relocost_table_find" ( _
    ByVal table As LongPtr, ByVal name As LongPtr, ByVal length As LongPtr, ByRef column As LongPtr) As Long
Public Declare PtrSafe Function lib_table_column_name Lib "relocost.dll" Alias "relocost_table_column_name" ( _
    ByVal table As LongPtr, ByVal column As LongPtr, ByRef name As RelocostText) As Long
Public Declare PtrSafe Function lib_table_column_kind Lib "relocost.dll" Alias "relocost_table_column_kind" ( _
    ByVal table As LongPtr, ByVal column As LongPtr, ByRef kind As Long) As Long
Public Declare PtrSafe Function lib_table_currency Lib "relocost.dll" Alias "relocost_table_currency" ( _
    ByVal table As LongPtr, ByRef zero As RelocostMoney) As Long
Public Declare PtrSafe Function lib_table_head Lib "relocost.dll" Alias "relocost_table_head" ( _
    ByVal table As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_table_money Lib "relocost.dll" Alias "relocost_table_money" ( _
    ByVal table As LongPtr, ByVal row As LongPtr, ByVal column As LongPtr, ByRef value As RelocostMoney) As Long
Public Declare PtrSafe Function lib_table_integer Lib "relocost.dll" Alias "relocost_table_integer" ( _
    ByVal table As LongPtr, ByVal row As LongPtr, ByVal column As LongPtr, ByRef value As LongLong) As Long
Public Declare PtrSafe Function lib_table_text Lib "relocost.dll" Alias "relocost_table_text" ( _
    ByVal table As LongPtr, ByVal row As LongPtr, ByVal column As LongPtr, ByRef value As RelocostText) As Long
Public Declare PtrSafe Function lib_table_copy_text Lib "relocost.dll" Alias "relocost_table_copy_text" ( _
    ByVal table As LongPtr, ByVal row As LongPtr, ByVal column As LongPtr, ByVal buffer As LongPtr, _
    ByVal capacity As LongPtr, ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_table_double_for_charts Lib "relocost.dll" _
    Alias "relocost_table_double_for_charts" ( _
    ByVal table As LongPtr, ByVal row As LongPtr, ByVal column As LongPtr, ByRef value As Double) As Long
Public Declare PtrSafe Function lib_table_fill_minor Lib "relocost.dll" Alias "relocost_table_fill_minor" ( _
    ByVal table As LongPtr, ByVal column As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_table_fill_integers Lib "relocost.dll" Alias "relocost_table_fill_integers" ( _
    ByVal table As LongPtr, ByVal column As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_table_fill_texts Lib "relocost.dll" Alias "relocost_table_fill_texts" ( _
    ByVal table As LongPtr, ByVal column As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_table_fill_doubles_for_charts Lib "relocost.dll" _
    Alias "relocost_table_fill_doubles_for_charts" ( _
    ByVal table As LongPtr, ByVal column As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Sub lib_table_free Lib "relocost.dll" Alias "relocost_table_free" ( _
    ByVal table As LongPtr)
Public Declare PtrSafe Function lib_simulate Lib "relocost.dll" Alias "relocost_simulate" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByRef simulation As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_sobol Lib "relocost.dll" Alias "relocost_sobol" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_simulation_draws Lib "relocost.dll" Alias "relocost_simulation_draws" ( _
    ByVal simulation As LongPtr, ByRef draws As LongLong) As Long
Public Declare PtrSafe Function lib_simulation_seed Lib "relocost.dll" Alias "relocost_simulation_seed" ( _
    ByVal simulation As LongPtr, ByRef seed As LongLong) As Long
Public Declare PtrSafe Function lib_simulation_text Lib "relocost.dll" Alias "relocost_simulation_text" ( _
    ByVal simulation As LongPtr, ByVal figure As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_simulation_write Lib "relocost.dll" Alias "relocost_simulation_write" ( _
    ByVal simulation As LongPtr, ByVal form As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_simulation_table Lib "relocost.dll" Alias "relocost_simulation_table" ( _
    ByVal simulation As LongPtr, ByVal which As Long, ByRef table As LongPtr) As Long
Public Declare PtrSafe Function lib_simulation_statistics Lib "relocost.dll" Alias "relocost_simulation_statistics" ( _
    ByVal simulation As LongPtr, ByVal figure As LongPtr, ByVal figure_length As LongPtr, ByVal key As LongPtr, _
    ByVal key_length As LongPtr, ByRef statistics As RelocostStatistics) As Long
Public Declare PtrSafe Function lib_simulation_ledger Lib "relocost.dll" Alias "relocost_simulation_ledger" ( _
    ByVal simulation As LongPtr, ByVal figure As LongPtr, ByVal figure_length As LongPtr, ByVal key As LongPtr, _
    ByVal key_length As LongPtr, ByVal at_means As Long, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_simulation_quantile Lib "relocost.dll" Alias "relocost_simulation_quantile" ( _
    ByVal simulation As LongPtr, ByVal figure As LongPtr, ByVal figure_length As LongPtr, ByVal key As LongPtr, _
    ByVal key_length As LongPtr, ByVal share As Double, ByRef value As Double) As Long
Public Declare PtrSafe Function lib_simulation_exceedance Lib "relocost.dll" Alias "relocost_simulation_exceedance" ( _
    ByVal simulation As LongPtr, ByVal figure As LongPtr, ByVal figure_length As LongPtr, ByVal key As LongPtr, _
    ByVal key_length As LongPtr, ByVal value As Double, ByRef share As Double) As Long
Public Declare PtrSafe Function lib_simulation_expected_shortfall Lib "relocost.dll" Alias "relocost_simulation_expected_shortfall" ( _
    ByVal simulation As LongPtr, ByVal figure As LongPtr, ByVal figure_length As LongPtr, ByVal key As LongPtr, _
    ByVal key_length As LongPtr, ByVal share As Double, ByRef value As Double) As Long
Public Declare PtrSafe Function lib_simulation_band Lib "relocost.dll" Alias "relocost_simulation_band" ( _
    ByVal simulation As LongPtr, ByRef shares As RelocostBandShares) As Long
Public Declare PtrSafe Function lib_simulation_kept_draws Lib "relocost.dll" Alias "relocost_simulation_kept_draws" ( _
    ByVal simulation As LongPtr, ByVal figure As LongPtr, ByVal figure_length As LongPtr, ByVal key As LongPtr, _
    ByVal key_length As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Sub lib_simulation_free Lib "relocost.dll" Alias "relocost_simulation_free" ( _
    ByVal simulation As LongPtr)
Public Declare PtrSafe Function lib_simulate_range Lib "relocost.dll" Alias "relocost_simulate_range" ( _
    ByVal scenario As LongPtr, ByVal first As LongLong, ByVal count As LongLong, ByVal options As LongPtr, _
    ByRef part As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_part_merge Lib "relocost.dll" Alias "relocost_part_merge" ( _
    ByVal part As LongPtr, ByVal other As LongPtr, ByRef merged As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_part_draws Lib "relocost.dll" Alias "relocost_part_draws" ( _
    ByVal part As LongPtr, ByRef draws As LongLong) As Long
Public Declare PtrSafe Function lib_part_to_bytes Lib "relocost.dll" Alias "relocost_part_to_bytes" ( _
    ByVal part As LongPtr, ByVal buffer As LongPtr, ByVal capacity As LongPtr, _
    ByRef required As LongPtr) As Long
Public Declare PtrSafe Function lib_part_from_bytes Lib "relocost.dll" Alias "relocost_part_from_bytes" ( _
    ByVal bytes As LongPtr, ByVal length As LongPtr, ByRef part As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_simulation_of_part Lib "relocost.dll" Alias "relocost_simulation_of_part" ( _
    ByVal scenario As LongPtr, ByVal options As LongPtr, ByVal part As LongPtr, ByRef simulation As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Sub lib_part_free Lib "relocost.dll" Alias "relocost_part_free" ( _
    ByVal part As LongPtr)
Public Declare PtrSafe Function lib_programme_from_text Lib "relocost.dll" Alias "relocost_programme_from_text" ( _
    ByVal text As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, ByRef programme As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_from_file Lib "relocost.dll" Alias "relocost_programme_from_file" ( _
    ByVal path As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, ByRef programme As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_run Lib "relocost.dll" Alias "relocost_programme_run" ( _
    ByVal programme As LongPtr, ByVal parts As Long, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_run_expectations Lib "relocost.dll" _
    Alias "relocost_programme_run_expectations" ( _
    ByVal programme As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_simulate Lib "relocost.dll" Alias "relocost_programme_simulate" ( _
    ByVal programme As LongPtr, ByVal options As LongPtr, ByRef simulation As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_simulate_range Lib "relocost.dll" _
    Alias "relocost_programme_simulate_range" ( _
    ByVal programme As LongPtr, ByVal first As LongLong, ByVal count As LongLong, ByVal options As LongPtr, _
    ByRef part As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_simulation_of_part Lib "relocost.dll" _
    Alias "relocost_programme_simulation_of_part" ( _
    ByVal programme As LongPtr, ByVal options As LongPtr, ByVal part As LongPtr, ByRef simulation As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Sub lib_programme_free Lib "relocost.dll" Alias "relocost_programme_free" ( _
    ByVal programme As LongPtr)
Public Declare PtrSafe Function lib_catalogue_from_text Lib "relocost.dll" Alias "relocost_catalogue_from_text" ( _
    ByVal text As LongPtr, ByVal length As LongPtr, ByRef catalogue As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_catalogue_from_file Lib "relocost.dll" Alias "relocost_catalogue_from_file" ( _
    ByVal path As LongPtr, ByVal length As LongPtr, ByRef catalogue As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_scenario_over Lib "relocost.dll" Alias "relocost_scenario_over" ( _
    ByVal catalogue As LongPtr, ByVal text As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef scenario As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Sub lib_catalogue_free Lib "relocost.dll" Alias "relocost_catalogue_free" ( _
    ByVal catalogue As LongPtr)
Public Declare PtrSafe Function lib_update_prices_text Lib "relocost.dll" Alias "relocost_update_prices_text" ( _
    ByVal catalogue As LongPtr, ByVal catalogue_length As LongPtr, ByVal list As LongPtr, _
    ByVal list_length As LongPtr, ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_update_prices_file Lib "relocost.dll" Alias "relocost_update_prices_file" ( _
    ByVal catalogue As LongPtr, ByVal catalogue_length As LongPtr, ByVal list As LongPtr, _
    ByVal list_length As LongPtr, ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_rates_text Lib "relocost.dll" Alias "relocost_rates_text" ( _
    ByVal format As LongPtr, ByVal format_length As LongPtr, ByVal text As LongPtr, ByVal length As LongPtr, _
    ByVal options As LongPtr, ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_rates_files Lib "relocost.dll" Alias "relocost_rates_files" ( _
    ByVal format As LongPtr, ByVal format_length As LongPtr, ByVal paths As LongPtr, ByVal path_count As LongPtr, _
    ByVal options As LongPtr, ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_diff Lib "relocost.dll" Alias "relocost_programme_diff" ( _
    ByVal old As LongPtr, ByVal changed As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_diff_caseload_text Lib "relocost.dll" Alias "relocost_diff_caseload_text" ( _
    ByVal old As LongPtr, ByVal csv As LongPtr, ByVal length As LongPtr, ByVal changed As LongPtr, _
    ByVal changed_csv As LongPtr, ByVal changed_length As LongPtr, ByVal options As LongPtr, ByRef result As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_diff_caseload_file Lib "relocost.dll" Alias "relocost_diff_caseload_file" ( _
    ByVal old As LongPtr, ByVal path As LongPtr, ByVal length As LongPtr, ByVal changed As LongPtr, _
    ByVal changed_path As LongPtr, ByVal changed_length As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_payments_text Lib "relocost.dll" Alias "relocost_payments_text" ( _
    ByVal scenario As LongPtr, ByVal text As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_payments_file Lib "relocost.dll" Alias "relocost_payments_file" ( _
    ByVal scenario As LongPtr, ByVal path As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_payments_text Lib "relocost.dll" _
    Alias "relocost_programme_payments_text" ( _
    ByVal programme As LongPtr, ByVal text As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_payments_file Lib "relocost.dll" _
    Alias "relocost_programme_payments_file" ( _
    ByVal programme As LongPtr, ByVal path As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_payments_estimate Lib "relocost.dll" Alias "relocost_payments_estimate" ( _
    ByVal payments As LongPtr, ByVal credibility As Long, ByRef result As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_report Lib "relocost.dll" Alias "relocost_report" ( _
    ByVal scenario As LongPtr, ByVal form As Long, ByVal options As LongPtr, ByRef document As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_report Lib "relocost.dll" Alias "relocost_programme_report" ( _
    ByVal programme As LongPtr, ByVal form As Long, ByVal options As LongPtr, ByRef document As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_result_report Lib "relocost.dll" Alias "relocost_result_report" ( _
    ByVal result As LongPtr, ByVal form As Long, ByRef document As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_workbook Lib "relocost.dll" Alias "relocost_workbook" ( _
    ByVal scenario As LongPtr, ByVal form As Long, ByVal options As LongPtr, ByRef document As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_workbook Lib "relocost.dll" Alias "relocost_programme_workbook" ( _
    ByVal programme As LongPtr, ByVal form As Long, ByVal options As LongPtr, ByRef document As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_result_workbook Lib "relocost.dll" Alias "relocost_result_workbook" ( _
    ByVal result As LongPtr, ByVal form As Long, ByVal options As LongPtr, ByRef document As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_document_bytes Lib "relocost.dll" Alias "relocost_document_bytes" ( _
    ByVal document As LongPtr, ByRef bytes As RelocostText) As Long
Public Declare PtrSafe Sub lib_document_free Lib "relocost.dll" Alias "relocost_document_free" ( _
    ByVal document As LongPtr)
Public Declare PtrSafe Function lib_result_postings Lib "relocost.dll" Alias "relocost_result_postings" ( _
    ByVal result As LongPtr, ByRef postings As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_postings Lib "relocost.dll" Alias "relocost_programme_postings" ( _
    ByVal programme As LongPtr, ByVal options As LongPtr, ByRef postings As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_caseload_postings_text Lib "relocost.dll" _
    Alias "relocost_caseload_postings_text" ( _
    ByVal scenario As LongPtr, ByVal csv As LongPtr, ByVal length As LongPtr, ByVal pathway As LongPtr, _
    ByVal pathway_length As LongPtr, ByVal options As LongPtr, ByRef postings As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_caseload_postings_file Lib "relocost.dll" _
    Alias "relocost_caseload_postings_file" ( _
    ByVal scenario As LongPtr, ByVal path As LongPtr, ByVal length As LongPtr, ByVal pathway As LongPtr, _
    ByVal pathway_length As LongPtr, ByVal options As LongPtr, ByRef postings As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_programme_publish Lib "relocost.dll" Alias "relocost_programme_publish" ( _
    ByVal programme As LongPtr, ByVal options As LongPtr, ByRef publication As LongPtr, _
    ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_publish_text Lib "relocost.dll" Alias "relocost_publish_text" ( _
    ByVal scenario As LongPtr, ByVal csv As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef publication As LongPtr, ByRef failure As LongPtr) As Long
Public Declare PtrSafe Function lib_publish_file Lib "relocost.dll" Alias "relocost_publish_file" ( _
    ByVal scenario As LongPtr, ByVal path As LongPtr, ByVal length As LongPtr, ByVal options As LongPtr, _
    ByRef publication As LongPtr, ByRef failure As LongPtr) As Long
