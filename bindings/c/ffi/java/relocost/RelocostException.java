package relocost;

import java.util.List;
import java.util.stream.Collectors;

/** The faults of an input or a question: everything that was found, at once. It shows no value of a household. */
public final class RelocostException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int number;
    private final String name;
    private final transient List<Finding> findings;

    RelocostException(int number, String name, List<Finding> findings) {
        super(findings.isEmpty() ? name : findings.stream().map(Finding::message).collect(Collectors.joining("\n")));
        this.number = number;
        this.name = name;
        this.findings = findings;
    }

    /** The stable number of the first finding, or of the call's status: the same in Rust, Python and C. */
    public int number() {
        return number;
    }

    /** The number's name, such as "missing_key". */
    public String name() {
        return name;
    }

    /** Everything that was found, in the order of the text; empty where the status says all. */
    public List<Finding> findings() {
        return findings == null ? List.of() : findings;
    }
}
