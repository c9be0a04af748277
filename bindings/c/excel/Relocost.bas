Attribute VB_Name = "Relocost"
' Relocost in the cells of Excel of 64 bits on Windows, on RelocostLibrary and relocost.dll. Licence: MIT OR Apache-2.0.
'
'   =RELOCOST_TOTAL(A1:A40, "temporary")     the total of a pathway
'   =RELOCOST_EXTRA(A1:A40)                  what the temporary solution costs more
'   =RELOCOST_PREMIUM(A1:A40)                the same as a share of the permanent one; #N/A on a base of 0
'   =RELOCOST_ESTIMATE(112000, "USD")        of the band's lower end, middle and upper end: premium, permanent,
'                                            temporary and extra cost, in three rows of four cells
'   =RELOCOST_ERRORS(A1:A40)                 what is wrong with the scenario, a row for each finding
'
' A scenario is the text of a file in TOML or JSON: one cell, or a column of cells with a line in each. It reaches no
' file; the only catalogue that it can name is the one built in, "reference". What is wrong is #VALUE!, and said with the
' same arguments by RELOCOST_ERRORS of a comparison, RELOCOST_TOTAL_ERRORS or RELOCOST_ESTIMATE_ERRORS.
'
' Money is a Decimal for VBA. A cell keeps 15 digits of a number, so that an amount of more is given as text: no cent
' gets lost without a word.
Option Explicit

Private Const CP_UTF8 As Long = 65001
Private Const WC_ERR_INVALID_CHARS As Long = 128
Private Const WRONG_INPUT As Long = vbObjectError + 513

Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr
Private Declare PtrSafe Function WideCharToMultiByte Lib "kernel32" ( _
    ByVal code_page As Long, ByVal flags As Long, ByVal wide As LongPtr, ByVal wide_length As Long, _
    ByVal bytes As LongPtr, ByVal byte_count As Long, ByVal default_char As LongPtr, _
    ByVal used_default As LongPtr) As Long
Private Declare PtrSafe Function MultiByteToWideChar Lib "kernel32" ( _
    ByVal code_page As Long, ByVal flags As Long, ByVal bytes As LongPtr, ByVal byte_count As Long, _
    ByVal wide As LongPtr, ByVal wide_length As Long) As Long

' A text in UTF-8, as the library reads it. The bytes end with a zero that the length does not count, so that there is
' always a first one to point to.
Private Type Utf8
    bytes() As Byte
    length As LongPtr
End Type

' The total of a pathway of a scenario.
Public Function RELOCOST_TOTAL(scenario As Variant, pathway As String) As Variant
    Dim problems As New Collection
    RELOCOST_TOTAL = TotalOf(scenario, pathway, problems)
End Function

' What the alternative costs more than the base.
Public Function RELOCOST_EXTRA(scenario As Variant, Optional base_name As String = "permanent", _
        Optional alternative As String = "temporary") As Variant
    Dim problems As New Collection
    RELOCOST_EXTRA = Compared(scenario, base_name, alternative, RELOCOST_FIGURE_EXTRA, problems)
End Function

' The extra cost as a share of the base; #N/A unless the base is above 0.
Public Function RELOCOST_PREMIUM(scenario As Variant, Optional base_name As String = "permanent", _
        Optional alternative As String = "temporary") As Variant
    Dim problems As New Collection
    RELOCOST_PREMIUM = Compared(scenario, base_name, alternative, RELOCOST_FIGURE_PREMIUM, problems)
End Function

' What the Court's reported average implies for a known permanent cost.
Public Function RELOCOST_ESTIMATE(cost As Variant, Optional currency_code As String = "EUR") As Variant
    Dim problems As New Collection
    RELOCOST_ESTIMATE = Estimated(cost, currency_code, problems)
End Function

' What is wrong with a scenario or with the name of its pathway.
Public Function RELOCOST_TOTAL_ERRORS(scenario As Variant, pathway As String) As Variant
    Dim problems As New Collection
    TotalOf scenario, pathway, problems
    RELOCOST_TOTAL_ERRORS = InRows(problems)
End Function

' What is wrong with a scenario or with the pathways' names, for a comparison of them.
Public Function RELOCOST_ERRORS(scenario As Variant, Optional base_name As String = "permanent", _
        Optional alternative As String = "temporary") As Variant
    Dim problems As New Collection
    Compared scenario, base_name, alternative, RELOCOST_FIGURE_EXTRA, problems
    RELOCOST_ERRORS = InRows(problems)
End Function

' What is wrong with the arguments of an estimate.
Public Function RELOCOST_ESTIMATE_ERRORS(cost As Variant, Optional currency_code As String = "EUR") As Variant
    Dim problems As New Collection
    Estimated cost, currency_code, problems
    RELOCOST_ESTIMATE_ERRORS = InRows(problems)
End Function

Private Function TotalOf(scenario As Variant, pathway As String, problems As Collection) As Variant
    Dim handle As LongPtr, result As LongPtr, failure As LongPtr
    Dim status As Long
    Dim text As Utf8
    TotalOf = CVErr(xlErrValue)
    On Error GoTo Failed
    If Loaded(scenario, handle, problems) Then
        text = Encoded(pathway)
        status = lib_ledger(handle, VarPtr(text.bytes(0)), text.length, 0, result, failure)
        If Done(status, failure, problems) Then TotalOf = Figure(result, RELOCOST_FIGURE_TOTAL)
    End If
Freed:
    On Error GoTo 0
    If result <> 0 Then lib_result_free result
    If handle <> 0 Then lib_scenario_free handle
    Exit Function
Failed:
    problems.Add Err.Description
    Resume Freed
End Function

Private Function Compared(scenario As Variant, base_name As String, alternative As String, ByVal which As Long, _
        problems As Collection) As Variant
    Dim handle As LongPtr, result As LongPtr, failure As LongPtr
    Dim status As Long
    Dim options As RelocostOptions
    Dim base_text As Utf8, alternative_text As Utf8
    Compared = CVErr(xlErrValue)
    On Error GoTo Failed
    If Loaded(scenario, handle, problems) Then
        base_text = Encoded(base_name)
        alternative_text = Encoded(alternative)
        options.size = LenB(options)
        options.base.data = VarPtr(base_text.bytes(0))
        options.base.length = base_text.length
        options.alternative.data = VarPtr(alternative_text.bytes(0))
        options.alternative.length = alternative_text.length
        status = lib_compare(handle, VarPtr(options), result, failure)
        If Done(status, failure, problems) Then Compared = Figure(result, which)
    End If
Freed:
    On Error GoTo 0
    If result <> 0 Then lib_result_free result
    If handle <> 0 Then lib_scenario_free handle
    Exit Function
Failed:
    problems.Add Err.Description
    Resume Freed
End Function

Private Function Estimated(cost As Variant, currency_code As String, problems As Collection) As Variant
    Dim result As LongPtr, table As LongPtr, failure As LongPtr
    Dim row As Long, column As Long, status As Long
    Dim options As RelocostEstimateOptions
    Dim cost_text As Utf8, currency_text As Utf8
    Dim cells(1 To 3, 1 To 4) As Variant
    Estimated = CVErr(xlErrValue)
    On Error GoTo Failed
    Prepare
    cost_text = Encoded(AmountText(cost))
    currency_text = Encoded(currency_code)
    options.size = LenB(options)
    options.currency_code.data = VarPtr(currency_text.bytes(0))
    options.currency_code.length = currency_text.length
    status = lib_estimate(VarPtr(cost_text.bytes(0)), cost_text.length, VarPtr(options), result, failure)
    If Done(status, failure, problems) Then
        Check lib_result_table(result, RELOCOST_TABLE_POINTS, table)
        For row = 1 To 3
            For column = 1 To 4
                cells(row, column) = Cell(table, row - 1, column - 1)
            Next column
        Next row
        Estimated = cells
    End If
Freed:
    On Error GoTo 0
    If table <> 0 Then lib_table_free table
    If result <> 0 Then lib_result_free result
    Exit Function
Failed:
    problems.Add Err.Description
    Resume Freed
End Function

' Finds the library: beside the workbook, and otherwise where Windows looks.
Private Sub Prepare()
    Static ready As Boolean
    Dim beside As String
    If ready Then Exit Sub
    If Len(ThisWorkbook.path) > 0 Then
        beside = ThisWorkbook.path & "\relocost.dll"
        LoadLibraryW StrPtr(beside)
    End If
    If lib_abi_version() <> RELOCOST_ABI_VERSION Then
        Err.Raise WRONG_INPUT, , "relocost.dll has ABI version " & lib_abi_version() & _
            "; expected " & RELOCOST_ABI_VERSION
    End If
    ready = True
End Sub

' Whether the scenario was read; what is wrong with it is added to the problems.
Private Function Loaded(scenario As Variant, ByRef handle As LongPtr, problems As Collection) As Boolean
    Dim failure As LongPtr
    Dim status As Long
    Dim text As Utf8
    Prepare
    text = Encoded(ScenarioText(scenario))
    status = lib_scenario_from_text(VarPtr(text.bytes(0)), text.length, 0, handle, failure)
    Loaded = Done(status, failure, problems)
End Function

' Whether a call succeeded; what is wrong is added to the problems, and the error object freed.
Private Function Done(ByVal status As Long, ByVal failure As LongPtr, problems As Collection) As Boolean
    Dim count As LongPtr
    Dim at As Long
    Dim finding As RelocostFinding
    Done = (status = RELOCOST_OK)
    If Done Then Exit Function
    If failure = 0 Then
        problems.Add "error " & status
        Exit Function
    End If
    lib_error_count failure, count
    For at = 0 To CLng(count) - 1
        lib_error_finding failure, at, finding
        problems.Add Said(finding)
    Next at
    lib_error_free failure
End Function

' A finding in words: the number, the place if it has one, the key, and what was expected.
Private Function Said(finding As RelocostFinding) As String
    Said = "error " & finding.number
    If finding.line > 0 Then Said = Said & ", line " & finding.line & ", column " & finding.column
    If finding.key.length > 0 Then Said = Said & ", " & Decoded(finding.key.data, finding.key.length)
    Said = Said & ": " & Decoded(finding.message.data, finding.message.length)
End Function

' Raises an error of VBA for a call that has no error object.
Private Sub Check(ByVal status As Long)
    If status <> RELOCOST_OK Then Err.Raise WRONG_INPUT, , "error " & status
End Sub

' A figure of a result as a number; #N/A where there is no value.
Private Function Figure(ByVal result As LongPtr, ByVal which As Long) As Variant
    Dim required As LongPtr, capacity As LongPtr
    Dim status As Long
    Dim bytes() As Byte
    status = lib_result_text(result, which, 0, 0, required)
    If status = RELOCOST_NO_VALUE Then
        Figure = CVErr(xlErrNA)
        Exit Function
    End If
    If status <> RELOCOST_SHORT_BUFFER Then Check status
    capacity = required
    ReDim bytes(0 To CLng(capacity) - 1)
    Check lib_result_text(result, which, VarPtr(bytes(0)), capacity, required)
    Figure = AsNumber(Decoded(VarPtr(bytes(0)), capacity - 1))
End Function

' A cell of a table as a number; #N/A where there is no value.
Private Function Cell(ByVal table As LongPtr, ByVal row As LongPtr, ByVal column As LongPtr) As Variant
    Dim required As LongPtr, capacity As LongPtr
    Dim status As Long
    Dim bytes() As Byte
    status = lib_table_copy_text(table, row, column, 0, 0, required)
    If status = RELOCOST_NO_VALUE Then
        Cell = CVErr(xlErrNA)
        Exit Function
    End If
    If status <> RELOCOST_SHORT_BUFFER Then Check status
    capacity = required
    ReDim bytes(0 To CLng(capacity) - 1)
    Check lib_table_copy_text(table, row, column, VarPtr(bytes(0)), capacity, required)
    Cell = AsNumber(Decoded(VarPtr(bytes(0)), capacity - 1))
End Function

' A decimal text as a Decimal, or itself if it has more digits than a cell keeps. CDec reads a point as the country
' does, where it may part thousands: so it gets digits alone.
Private Function AsNumber(ByVal text As String) As Variant
    Dim point As Long, places As Long
    Dim digits As String
    point = InStr(text, ".")
    If point > 0 Then places = Len(text) - point
    digits = Replace(text, ".", "")
    If Len(Replace(digits, "-", "")) > 15 Then
        AsNumber = text
    Else
        AsNumber = CDec(digits) / CDec("1" & String$(places, "0"))
    End If
End Function

' An amount of a cell as a decimal text with a point in every country.
Private Function AmountText(amount As Variant) As String
    Dim value As Variant
    If TypeName(amount) = "Range" Then
        value = amount.Value2
    Else
        value = amount
    End If
    If IsArray(value) Then Err.Raise WRONG_INPUT, , "the cost: found several cells; expected one"
    If VarType(value) = vbString Then
        AmountText = Trim$(value)
        Exit Function
    End If
    If IsEmpty(value) Or Not IsNumeric(value) Or VarType(value) = vbBoolean Then
        Err.Raise WRONG_INPUT, , "the cost: expected a number or a decimal text"
    End If
    AmountText = Trim$(Str$(CDec(value)))
    If Left$(AmountText, 1) = "." Then AmountText = "0" & AmountText
    If Left$(AmountText, 2) = "-." Then AmountText = "-0" & Mid$(AmountText, 2)
End Function

' The text of a scenario: a cell, or a column of cells with a line in each.
Private Function ScenarioText(scenario As Variant) As String
    Dim values As Variant
    Dim lines() As String
    Dim row As Long
    If TypeName(scenario) = "Range" Then
        If scenario.Areas.count > 1 Or scenario.Columns.count > 1 Then
            Err.Raise WRONG_INPUT, , "the scenario: found several columns; expected a cell or one column of lines"
        End If
        values = scenario.Value2
    Else
        values = scenario
    End If
    If Not IsArray(values) Then
        ScenarioText = LineText(values, 1)
        Exit Function
    End If
    ReDim lines(LBound(values, 1) To UBound(values, 1))
    For row = LBound(values, 1) To UBound(values, 1)
        lines(row) = LineText(values(row, LBound(values, 2)), row)
    Next row
    ScenarioText = Join(lines, vbLf)
End Function

' A line of a scenario. A cell that Excel has made a number or a date of is no longer what was written.
Private Function LineText(value As Variant, ByVal row As Long) As String
    If IsEmpty(value) Then Exit Function
    If VarType(value) <> vbString Then
        Err.Raise WRONG_INPUT, , "the scenario, row " & row & ": found no text; expected a line of TOML or JSON as text"
    End If
    LineText = value
End Function

' The problems in rows of one column; an empty text if there are none.
Private Function InRows(problems As Collection) As Variant
    Dim rows() As Variant
    Dim row As Long
    If problems.count = 0 Then
        InRows = ""
        Exit Function
    End If
    ReDim rows(1 To problems.count, 1 To 1)
    For row = 1 To problems.count
        rows(row, 1) = problems(row)
    Next row
    InRows = rows
End Function

' The bytes of a text; half of a surrogate pair has none.
Private Function Encoded(ByVal text As String) As Utf8
    Dim count As Long
    Dim encoding As Utf8
    If Len(text) > 0 Then
        count = WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, StrPtr(text), Len(text), 0, 0, 0, 0)
        If count = 0 Then Err.Raise WRONG_INPUT, , "a text with half of a surrogate pair; expected whole characters"
    End If
    ReDim encoding.bytes(0 To count)
    If count > 0 Then
        WideCharToMultiByte CP_UTF8, WC_ERR_INVALID_CHARS, StrPtr(text), Len(text), _
            VarPtr(encoding.bytes(0)), count, 0, 0
    End If
    encoding.length = count
    Encoded = encoding
End Function

' The text of bytes in UTF-8.
Private Function Decoded(ByVal bytes As LongPtr, ByVal length As LongPtr) As String
    Dim count As Long
    Dim text As String
    If bytes = 0 Or length = 0 Then Exit Function
    count = MultiByteToWideChar(CP_UTF8, 0, bytes, CLng(length), 0, 0)
    text = String$(count, vbNullChar)
    MultiByteToWideChar CP_UTF8, 0, bytes, CLng(length), StrPtr(text), count
    Decoded = text
End Function
