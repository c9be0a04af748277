      *> GnuCOBOL: check EXPECTED WRONG FAMILY
       identification division.
       program-id. rlcheck.
       environment division.
       input-output section.
       file-control.
           select expected assign to dynamic expected-name
               organization line sequential.
       data division.
       file section.
       fd expected.
       01 expected-line pic x(400).
       working-storage section.
       78 rl-no-value value 9011.
       01 expected-name pic x(200).
       01 wrong-name pic x(200).
       01 family-name pic x(200).
       01 at-end pic 9 value 0.
       01 parts.
          05 p-file pic x(200).
          05 p-base pic x(64).
          05 p-alternative pic x(64).
          05 p-what pic x(16).
          05 p-key pic x(64).
          05 p-value pic x(64).
       01 found pic x(64).
       01 rc binary-long unsigned.
       01 which binary-long unsigned.
       01 scenario usage pointer value null.
       01 result usage pointer value null.
       01 err usage pointer value null.
       01 simulation usage pointer value null.
       01 n binary-double unsigned.
       01 i binary-double unsigned.
       01 text-length binary-double unsigned.
       01 counted binary-long value 0.
       01 differ binary-long value 0.
       01 asked.
          05 o-size binary-double unsigned.
          05 o-base usage pointer.
          05 o-base-length binary-double unsigned.
          05 o-alternative usage pointer.
          05 o-alternative-length binary-double unsigned.
          05 o-numbers pic x(16) value low-values.
          05 o-progress usage program-pointer.
          05 o-user usage pointer.
       01 sim-options.
          05 s-size binary-double unsigned.
          05 s-draws binary-double unsigned.
          05 s-seed binary-double unsigned.
          05 s-precision usage float-long.
          05 s-texts pic x(32) value low-values.
          05 s-numbers pic x(24) value low-values.
          05 s-progress usage program-pointer.
          05 s-user usage pointer.
       01 finding.
          05 f-number binary-long unsigned.
          05 f-line binary-long unsigned.
          05 f-column binary-long unsigned.
          05 f-reserved binary-long unsigned.
          05 f-name usage pointer.
          05 f-name-length binary-double unsigned.
          05 f-message usage pointer.
          05 f-message-length binary-double unsigned.
          05 f-file usage pointer.
          05 f-file-length binary-double unsigned.
          05 f-key usage pointer.
          05 f-key-length binary-double unsigned.
       01 share usage float-long value 0.8.
       01 quantile usage float-long.
       01 shown pic 9(12).
       01 shown-number pic z(9)9.
       01 shown-line pic z(9)9.
       01 stop-after binary-double unsigned is external.
       01 told binary-long is external.
       linkage section.
       01 said pic x(1000).
       procedure division.
       main-section.
           accept expected-name from argument-value
           accept wrong-name from argument-value
           accept family-name from argument-value
           open input expected
           perform until at-end = 1
               read expected at end move 1 to at-end
                   not at end perform one-line
               end-read
           end-perform
           close expected
           if differ = 0 and counted > 100 display "the same cents"
           else display differ " of " counted " differ" end-if
           compute text-length = length(trim(wrong-name))
           call "relocost_scenario_from_file" using
               by reference wrong-name by value text-length
               by value size 8 0 by reference scenario
               by reference err returning rc
           perform show-error
           perform simulate
           stop run.
       one-line.
           unstring expected-line delimited by x"09"
               into p-file p-base p-alternative p-what p-key p-value
           compute text-length = length(trim(p-file))
           call "relocost_scenario_from_file" using
               by reference p-file by value text-length
               by value size 8 0 by reference scenario
               by reference err returning rc
           perform must
           if p-what = "ledger"
               compute text-length = length(trim(p-key))
               move 5 to which
               call "relocost_ledger" using by value scenario
                   by reference p-key by value text-length
                   by value size 8 0 by reference result
                   by reference err returning rc
           else
               evaluate p-what
                   when "extra" move 3 to which
                   when "residual" move 4 to which
                   when "premium" move 20 to which
               end-evaluate
               initialize asked
               move low-values to o-numbers
               compute o-size = length(asked)
               set o-base to address of p-base
               compute o-base-length = length(trim(p-base))
               set o-alternative to address of p-alternative
               compute o-alternative-length =
                   length(trim(p-alternative))
               call "relocost_compare" using by value scenario
                   by reference asked by reference result
                   by reference err returning rc
           end-if
           perform must
           move spaces to found
           call "relocost_result_text" using by value result
               by value which by reference found
               by value size 8 64 by value size 8 0 returning rc
           if rc = rl-no-value move "-" to found
           else inspect found replacing all x"00" by space
           end-if
           call "relocost_result_free" using by value result
               returning omitted
           call "relocost_scenario_free" using by value scenario
               returning omitted
           add 1 to counted
           if found not = p-value
               add 1 to differ
               display trim(expected-line) ": " found
           end-if.
       must.
           if rc not = 0
               perform show-error
               stop run
           end-if.
       show-error.
           move rc to shown-number
           call "relocost_status_name" using by value rc
               returning f-name
           set address of said to f-name
           move 0 to n
           inspect said tallying n for characters before x"00"
           display trim(shown-number) " " said(1:n)
           if err not = null
               call "relocost_error_count" using by value err
                   by reference n
               perform varying i from 0 by 1 until i >= n
                   call "relocost_error_finding" using by value err
                       by value i by reference finding
                   if f-key-length > 0
                       move f-number to shown-number
                       move f-line to shown-line
                       set address of said to f-key
                       display "  " trim(shown-number) " line "
                           trim(shown-line) " " said(1:f-key-length)
                   end-if
               end-perform
               call "relocost_error_free" using by value err
                   returning omitted
               set err to null
           end-if.
       simulate.
           compute text-length = length(trim(family-name))
           call "relocost_scenario_from_file" using
               by reference family-name by value text-length
               by value size 8 0 by reference scenario
               by reference err returning rc
           perform must
           initialize sim-options
           move low-values to s-texts s-numbers
           compute s-size = length(sim-options)
           move 10000 to s-draws
           move 7 to s-seed
           set s-progress to entry "rlprogress"
           move 9999999999 to stop-after
           move 0 to told
           call "relocost_simulate" using by value scenario
               by reference sim-options by reference simulation
               by reference err returning rc
           perform must
           call "relocost_simulation_quantile" using
               by value simulation by reference "permanent"
               by value size 8 9 by reference "total"
               by value size 8 5 by value share
               by reference quantile returning rc
           perform must
           compute shown rounded = quantile
           move shown to shown-number
           if told > 0
               display "P80 " trim(shown-number) ", told"
           end-if
           call "relocost_simulation_free" using by value simulation
               returning omitted
           move 1073741824 to s-draws
           move 5000 to stop-after
           call "relocost_simulate" using by value scenario
               by reference sim-options by reference simulation
               by reference err returning rc
           perform show-error
           call "relocost_scenario_free" using by value scenario
               returning omitted.
       end program rlcheck.

       identification division.
       program-id. rlprogress.
       data division.
       working-storage section.
       01 stop-after binary-double unsigned is external.
       01 told binary-long is external.
       linkage section.
       01 user usage pointer.
       01 done binary-double unsigned.
       01 total binary-double unsigned.
       procedure division using by value user by value done
           by value total.
           add 1 to told
           if done > stop-after move 1 to return-code
           else move 0 to return-code end-if
           goback.
       end program rlprogress.
