package relocost;

import com.sun.jna.Pointer;
import java.util.function.Consumer;

/** Something of the library's, freed by close(). It may be used by several threads as long as none closes it. */
abstract class Handle implements AutoCloseable {
    private final Consumer<Pointer> free;
    private Pointer pointer;

    Handle(Pointer pointer, Consumer<Pointer> free) {
        this.pointer = pointer;
        this.free = free;
    }

    /** The pointer; that of what is closed would be one to freed memory. */
    synchronized Pointer pointer() {
        if (pointer == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " is closed; expected one that is open");
        }
        return pointer;
    }

    /** Frees it; what came from it stays. To close it twice does nothing. */
    @Override
    public final synchronized void close() {
        if (pointer != null) {
            Pointer freed = pointer;
            pointer = null;
            free.accept(freed);
        }
    }
}
