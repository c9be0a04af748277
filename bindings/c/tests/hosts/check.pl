# Perl by FFI::Platypus, from the plain declarations: perl check.pl LIBRARY PLAIN EXPECTED WRONG FAMILY
use strict;
use warnings;
use feature 'say';
use FFI::Platypus 2.00;
use FFI::Platypus::Buffer qw(scalar_to_buffer buffer_to_scalar);

my ($library, $plain, $expected, $wrong, $family) = @ARGV;
my $text = do { local (@ARGV, $/) = $plain; <> };
my %number = $text =~ /^ {4}RELOCOST_(\w+) = (\d+),$/mg;
my $ffi = FFI::Platypus->new(api => 2, lib => $library);
$ffi->type('(opaque,uint64,uint64)->int' => 'progress');

# Every function: a handle is 'opaque', a place for one 'opaque*'.
sub kind {
    local $_ = shift;
    return /\*\*/ ? 'opaque*' : /size_t \*/ ? 'size_t*' : /double \*(?:value|share)/ ? 'double*' : /\*/ ? 'opaque'
        : /size_t/ ? 'size_t' : /uint64_t/ ? 'uint64' : /double/ ? 'double' : 'uint32';
}
while ($text =~ /^(void|relocost_status|uint32_t|const char \*)\s*(relocost_\w+)\(([^;]*)\);/msg) {
    my ($answer, $name, $arguments) = ($1, $2, $3);
    my @kinds = $arguments eq 'void' ? () : map { kind($_) } split /,/, $arguments;
    $ffi->attach($name => \@kinds => $answer =~ /char/ ? 'string' : $answer eq 'void' ? 'void' : 'uint32');
}
relocost_abi_version() == $number{ABI_VERSION} or die 'another version';

sub ok {
    my ($status, $error) = @_;
    return if $status == $number{OK};
    my $told = "$status " . relocost_status_name($status);
    if ($error) {
        relocost_error_count($error, \my $count);
        for my $at (0 .. $count - 1) {
            my $finding = "\0" x 80;
            my ($place) = scalar_to_buffer($finding);
            ok(relocost_error_finding($error, $at, $place));
            my ($kind, $line, undef, undef, @texts) = unpack 'L4 Q8', $finding;
            $told .= "\n  $kind line $line " . ($texts[7] ? buffer_to_scalar($texts[6], $texts[7]) : '');
        }
        relocost_error_free($error);
    }
    die "$told\n";
}

# A handle that frees itself.
{
    package Handle;
    sub new { my ($class, $it, $kind) = @_; return bless { it => $it, free => "main::relocost_${kind}_free" }, $class }
    sub DESTROY { my $self = shift; no strict 'refs'; $self->{free}->($self->{it}); return }
}

sub give {
    my ($kind, $function, @arguments) = @_;
    no strict 'refs';
    my ($it, $error);
    ok($function->(@arguments, \$it, \$error), $error);
    return Handle->new($it, $kind);
}

sub load_file { my $path = shift; return give(scenario => 'relocost_scenario_from_file', scalar_to_buffer($path), undef) }

sub figure {
    my ($result, $which) = @_;
    my $buffer = "\0" x 256;
    my ($place, $size) = scalar_to_buffer($buffer);
    my $status = relocost_result_text($result->{it}, $number{"FIGURE_$which"}, $place, $size, undef);
    return '-' if $status == $number{NO_VALUE};
    ok($status);
    return unpack 'Z*', $buffer;
}

my ($count, $differ) = (0, 0);
open my $lines, '<', $expected or die $!;
while (my $line = <$lines>) {
    chomp $line;
    my ($path, $base, $alternative, $what, $key, $value) = split /\t/, $line;
    my ($scenario, $found) = load_file($path);
    if ($what eq 'ledger') {
        $found = figure(give(result => 'relocost_ledger', $scenario->{it}, scalar_to_buffer($key), undef), 'TOTAL');
    } else {
        my $options = pack 'Q5 L4 Q2', 72, scalar_to_buffer($base), scalar_to_buffer($alternative), (0) x 6;
        my ($place) = scalar_to_buffer($options);
        $found = figure(give(result => 'relocost_compare', $scenario->{it}, $place), uc $what);
    }
    $count++;
    next if $found eq $value;
    $differ++;
    say "$line: $found";
}
say $differ == 0 && $count > 100 ? 'the same cents' : "$differ of $count differ";

eval { load_file($wrong); 1 } or print $@;

my ($told, $upto, $scenario) = (0, 2**60, load_file($family));
my $tell = $ffi->closure(sub { $told++; return $_[1] > $upto ? 1 : 0 });
sub simulate {
    my $options = pack 'Q3 d Q4 L6 Q2', 104, shift, 7, 0, (0) x 10, $ffi->cast('progress', 'opaque', $tell), 0;
    my ($place) = scalar_to_buffer($options);
    return give(simulation => 'relocost_simulate', $scenario->{it}, $place);
}
{
    my ($figure, $key, $simulation) = ('permanent', 'total', simulate(10000));
    ok(relocost_simulation_quantile($simulation->{it}, scalar_to_buffer($figure), scalar_to_buffer($key), 0.8, \my $value));
    printf "P80 %.0f%s\n", $value, $told ? ', told' : '';
}
$upto = 5000;
eval { simulate(2**30); 1 } or say((split /\n/, $@)[0]);
