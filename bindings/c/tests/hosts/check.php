<?php
// PHP's FFI on the plain declarations: php -d ffi.enable=1 check.php LIBRARY PLAIN EXPECTED WRONG FAMILY
[, $library, $plain, $expected, $wrong, $family] = $argv;
$c = FFI::cdef(file_get_contents($plain), $library);
if ($c->relocost_abi_version() !== $c->RELOCOST_ABI_VERSION) {
    exit("another version\n");
}

class Wrong extends Exception
{
}

function ok(int $status, $error = null): void
{
    global $c;
    if ($status === $c->RELOCOST_OK) {
        return;
    }
    $told = "$status " . $c->relocost_status_name($status);
    if ($error !== null && !FFI::isNull($error)) {
        $count = $c->new('size_t');
        $finding = $c->new('relocost_finding');
        ok($c->relocost_error_count($error, FFI::addr($count)));
        for ($at = 0; $at < $count->cdata; $at++) {
            ok($c->relocost_error_finding($error, $at, FFI::addr($finding)));
            $key = FFI::string($finding->key->data, $finding->key->length);
            $told .= "\n  $finding->number line $finding->line $key";
        }
        $c->relocost_error_free($error);
    }
    throw new Wrong($told, $status);
}

/** A handle that frees itself. */
final class Handle
{
    public $it;
    private string $free;

    public function __construct(string $kind, callable $ask)
    {
        global $c;
        $this->it = $c->new("relocost_$kind *");
        $this->free = "relocost_{$kind}_free";
        $error = $c->new('relocost_error *');
        ok($ask(FFI::addr($this->it), FFI::addr($error)), $error);
    }

    public function __destruct()
    {
        global $c;
        if (!FFI::isNull($this->it)) {
            $c->{$this->free}($this->it);
        }
    }
}

function load(string $path): Handle
{
    global $c;
    return new Handle('scenario', fn($it, $error) => $c->relocost_scenario_from_file($path, strlen($path), null, $it, $error));
}

function options(string $type)
{
    global $c;
    $options = $c->new($type);
    $options->size = FFI::sizeof($options);
    return $options;
}

/** Puts a text into a struct, which does not own it: what is returned must stay. */
function put($member, string $text)
{
    global $c;
    $bytes = $c->new('char[' . max(1, strlen($text)) . ']');
    FFI::memcpy($bytes, $text, strlen($text));
    $member->data = $c->cast('char *', FFI::addr($bytes));
    $member->length = strlen($text);
    return $bytes;
}

function figure(Handle $result, int $which): string
{
    global $c;
    $buffer = $c->new('char[256]');
    $status = $c->relocost_result_text($result->it, $which, $buffer, 256, null);
    if ($status === $c->RELOCOST_NO_VALUE) {
        return '-';
    }
    ok($status);
    return FFI::string($buffer);
}

$count = $differ = 0;
foreach (file($expected, FILE_IGNORE_NEW_LINES) as $line) {
    [$path, $base, $alternative, $what, $key, $value] = explode("\t", $line);
    $scenario = load($path);
    if ($what === 'ledger') {
        $ledger = new Handle('result', fn($it, $error) => $c->relocost_ledger($scenario->it, $key, strlen($key), null, $it, $error));
        $found = figure($ledger, $c->RELOCOST_FIGURE_TOTAL);
    } else {
        $options = options('relocost_options');
        $kept = [put($options->base, $base), put($options->alternative, $alternative)];
        $result = new Handle('result', fn($it, $error) => $c->relocost_compare($scenario->it, FFI::addr($options), $it, $error));
        $found = figure($result, $c->{'RELOCOST_FIGURE_' . strtoupper($what)});
    }
    $count++;
    if ($found !== $value) {
        $differ++;
        echo "$line: $found\n";
    }
}
echo $differ === 0 && $count > 100 ? "the same cents\n" : "$differ of $count differ\n";

try {
    load($wrong);
} catch (Wrong $error) {
    echo $error->getMessage(), "\n";
}

$scenario = load($family);
$told = 0;
$options = options('relocost_simulate_options');
$options->draws = 10000;
$options->seed = 7;
$options->progress = function ($user, $done, $total) use (&$told) {
    $told++;
    return 0;
};
$simulation = new Handle('simulation', fn($it, $error) => $c->relocost_simulate($scenario->it, FFI::addr($options), $it, $error));
$value = $c->new('double');
ok($c->relocost_simulation_quantile($simulation->it, 'permanent', 9, 'total', 5, 0.8, FFI::addr($value)));
printf("P80 %.0f%s\n", $value->cdata, $told > 0 ? ', told' : '');
$options->draws = 1 << 30;
$options->progress = fn($user, $done, $total) => $done > 5000 ? 1 : 0;
try {
    new Handle('simulation', fn($it, $error) => $c->relocost_simulate($scenario->it, FFI::addr($options), $it, $error));
} catch (Wrong $error) {
    echo strtok($error->getMessage(), "\n"), "\n";
}
