{ Free Pascal, which traps invalid operations and divisions by zero unless it is told not to: check EXPECTED WRONG FAMILY }
program check;
{$mode objfpc}{$H+}{$packrecords c}
uses
  cthreads, Classes, SysUtils;
{$linklib relocost}
const
  FIGURE_EXTRA = 3; FIGURE_RESIDUAL = 4; FIGURE_TOTAL = 5; FIGURE_PREMIUM = 20; NO_VALUE = 9011;
type
  TStatus = longword;
  TText = record data: PChar; length: SizeUInt; end;
  TFinding = record number, line, column, reserved: longword; name, message, fil, key: TText; end;
  TProgress = function(user: Pointer; done, total: QWord): longint; cdecl;
  TOptions = record
    size: SizeUInt; base, alternative: TText; basis, months, threads, reserved: longword;
    progress: TProgress; user: Pointer;
  end;
  TSimulate = record
    size: SizeUInt; draws, seed: QWord; precision: double; base, alternative: TText;
    sampling, basis, keep, threads, resamples, reserved: longword; progress: TProgress; user: Pointer;
  end;
  EWrong = class(Exception) end;

function relocost_status_name(status: TStatus): PChar; cdecl; external;
function relocost_error_count(error: Pointer; out count: SizeUInt): TStatus; cdecl; external;
function relocost_error_finding(error: Pointer; index: SizeUInt; out finding: TFinding): TStatus; cdecl; external;
procedure relocost_error_free(error: Pointer); cdecl; external;
function relocost_scenario_from_file(path: PChar; length: SizeUInt; options: Pointer; out scenario, error: Pointer): TStatus;
  cdecl; external;
procedure relocost_scenario_free(scenario: Pointer); cdecl; external;
function relocost_compare(scenario: Pointer; constref options: TOptions; out result, error: Pointer): TStatus;
  cdecl; external;
function relocost_ledger(scenario: Pointer; pathway: PChar; length: SizeUInt; options: Pointer;
  out result, error: Pointer): TStatus; cdecl; external;
function relocost_result_text(result: Pointer; figure: longword; buffer: PChar; capacity: SizeUInt;
  required: Pointer): TStatus; cdecl; external;
procedure relocost_result_free(result: Pointer); cdecl; external;
function relocost_simulate(scenario: Pointer; constref options: TSimulate; out simulation, error: Pointer): TStatus;
  cdecl; external;
function relocost_simulation_quantile(simulation: Pointer; figure: PChar; figure_length: SizeUInt; key: PChar;
  key_length: SizeUInt; share: double; out value: double): TStatus; cdecl; external;
procedure relocost_simulation_free(simulation: Pointer); cdecl; external;

procedure Ok(status: TStatus; error: Pointer = nil);
var
  count, at: SizeUInt;
  finding: TFinding;
  told: string;
begin
  if status = 0 then exit;
  told := IntToStr(status) + ' ' + relocost_status_name(status);
  if error <> nil then
  begin
    Ok(relocost_error_count(error, count));
    at := 0;
    while at < count do
    begin
      Ok(relocost_error_finding(error, at, finding));
      told := told + LineEnding + Format('  %d line %d %s', [finding.number, finding.line, finding.key.data]);
      inc(at);
    end;
    relocost_error_free(error);
  end;
  raise EWrong.Create(told);
end;

function Load(const path: string): Pointer;
var
  error: Pointer;
begin
  Ok(relocost_scenario_from_file(PChar(path), Length(path), nil, Result, error), error);
end;

function Figure(answer: Pointer; which: longword): string;
var
  buffer: array[0..255] of char;
  status: TStatus;
begin
  status := relocost_result_text(answer, which, buffer, SizeOf(buffer), nil);
  if status = NO_VALUE then exit('-');
  Ok(status);
  Figure := buffer;
end;

procedure Figures(const expected: string);
var
  lines, parts: TStringList;
  line, found: string;
  scenario, answer, error: Pointer;
  options: TOptions;
  which: longword;
  differ: integer = 0;
begin
  lines := TStringList.Create;
  parts := TStringList.Create;
  lines.LoadFromFile(expected);
  parts.Delimiter := #9;
  parts.StrictDelimiter := true;
  for line in lines do
  begin
    parts.DelimitedText := line;
    scenario := Load(parts[0]);
    which := FIGURE_TOTAL;
    if parts[3] = 'ledger' then
      Ok(relocost_ledger(scenario, PChar(parts[4]), Length(parts[4]), nil, answer, error), error)
    else
    begin
      case parts[3] of
        'extra': which := FIGURE_EXTRA;
        'premium': which := FIGURE_PREMIUM;
        'residual': which := FIGURE_RESIDUAL;
      end;
      FillChar(options, SizeOf(options), 0);
      options.size := SizeOf(options);
      options.base.data := PChar(parts[1]);
      options.base.length := Length(parts[1]);
      options.alternative.data := PChar(parts[2]);
      options.alternative.length := Length(parts[2]);
      Ok(relocost_compare(scenario, options, answer, error), error);
    end;
    found := Figure(answer, which);
    if found <> parts[5] then
    begin
      inc(differ);
      WriteLn(line, ': ', found);
    end;
    relocost_result_free(answer);
    relocost_scenario_free(scenario);
  end;
  if (differ = 0) and (lines.Count > 100) then WriteLn('the same cents')
  else WriteLn(differ, ' of ', lines.Count, ' differ');
end;

var
  told: longint = 0;
  upto: QWord = High(QWord);

{ Is told in the host's own environment. }
function Tell(user: Pointer; done, total: QWord): longint; cdecl;
begin
  inc(told);
  if done > upto then Tell := 1 else Tell := 0;
end;

procedure Simulate(const family: string; draws: QWord);
var
  scenario, simulation, error: Pointer;
  options: TSimulate;
  value: double;
  mark: string = '';
begin
  scenario := Load(family);
  FillChar(options, SizeOf(options), 0);
  options.size := SizeOf(options);
  options.draws := draws;
  options.seed := 7;
  options.progress := @Tell;
  try
    Ok(relocost_simulate(scenario, options, simulation, error), error);
  except
    on wrong: EWrong do
    begin
      WriteLn(Copy(wrong.Message, 1, Pos(LineEnding, wrong.Message) - 1));
      exit;
    end;
  end;
  Ok(relocost_simulation_quantile(simulation, 'permanent', 9, 'total', 5, 0.8, value));
  if told > 0 then mark := ', told';
  WriteLn('P80 ', value:0:0, mark);
  relocost_simulation_free(simulation);
  relocost_scenario_free(scenario);
end;

{ Whether a division by zero still traps after all these calls. }
procedure Traps;
var
  zero, one: double;
begin
  zero := ParamCount - 3;
  one := 1;
  try
    one := one / zero;
    WriteLn('no trap: ', one);
  except
    on EZeroDivide do WriteLn('traps as before');
  end;
end;

begin
  Figures(ParamStr(1));
  try
    Load(ParamStr(2));
  except
    on wrong: EWrong do WriteLn(wrong.Message);
  end;
  Simulate(ParamStr(3), 10000);
  upto := 5000;
  Simulate(ParamStr(3), 1 shl 30);
  Traps;
end.
