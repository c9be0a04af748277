package relocost;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The loaded library, and its conventions for text, buffers and errors. */
final class Border {
    /** Looked for as "relocost" where JNA looks: in jna.library.path and where the system has its libraries. */
    static final CLibrary LIBRARY = load();

    private Border() {}

    private static CLibrary load() {
        if (Native.SIZE_T_SIZE != Long.BYTES) {
            throw new UnsatisfiedLinkError("Relocost needs a system with 64 bits");
        }
        CLibrary library = Native.load("relocost", CLibrary.class);
        if (library.relocost_abi_version() != Relocost.ABI_VERSION) {
            throw new UnsatisfiedLinkError("the library has ABI version " + library.relocost_abi_version()
                    + "; expected " + Relocost.ABI_VERSION);
        }
        return library;
    }

    /** A text in UTF-8; half of a surrogate pair has none, and is not silently another character. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException wrong) {
            throw new IllegalArgumentException("half of a surrogate pair in a text; expected whole characters", wrong);
        }
    }

    /** Sets a text of a struct, which then keeps the bytes in memory; null is none. */
    static void set(Structures.Text text, String value) {
        if (value != null) {
            byte[] bytes = utf8(value);
            Memory memory = new Memory(bytes.length + 1L);
            memory.write(0, bytes, 0, bytes.length);
            text.data = memory;
            text.length = bytes.length;
        }
    }

    /** Texts one after another; at least one, so that there is a pointer. */
    static Structures.Text[] texts(List<String> given) {
        Structures.Text[] texts = (Structures.Text[]) new Structures.Text().toArray(Math.max(given.size(), 1));
        for (int at = 0; at < given.size(); at++) {
            set(texts[at], given.get(at));
            texts[at].write();
        }
        return texts;
    }

    /** The value of a struct; null where there is none. */
    static String said(Pointer data, long length) {
        return data == null ? null : new String(data.getByteArray(0, Math.toIntExact(length)), StandardCharsets.UTF_8);
    }

    static String said(Structures.Text text) {
        return said(text.data, text.length);
    }

    /** A call that gives a handle in its first pointer, and an error object in its second. */
    interface Giving {
        int call(PointerByReference handle, PointerByReference error);
    }

    static Pointer give(Giving giving) {
        PointerByReference handle = new PointerByReference();
        PointerByReference error = new PointerByReference();
        check(giving.call(handle, error), error);
        return handle.getValue();
    }

    /** A call that copies a text into a buffer. */
    interface Copying {
        int call(byte[] buffer, long capacity, LongByReference required, PointerByReference error);
    }

    /** Asks for the size, then for the text; nothing where there is no value. */
    static Optional<String> copy(Copying copying) {
        LongByReference required = new LongByReference();
        PointerByReference error = new PointerByReference();
        int status = copying.call(null, 0, required, error);
        if (status == Relocost.NO_VALUE) {
            return Optional.empty();
        }
        if (status != Relocost.SHORT_BUFFER) {
            check(status, error);
            throw new IllegalStateException("a text was copied into no buffer");
        }
        byte[] buffer = new byte[Math.toIntExact(required.getValue())];
        check(copying.call(buffer, buffer.length, required, error), error);
        return Optional.of(new String(buffer, 0, buffer.length - 1, StandardCharsets.UTF_8));
    }

    /** Throws what is wrong, if something is, and frees the error object. */
    static void check(int status, PointerByReference error) {
        if (status == Relocost.OK) {
            return;
        }
        Pointer found = error == null ? null : error.getValue();
        String name = LIBRARY.relocost_status_name(status).getString(0, "UTF-8");
        try {
            throw new RelocostException(status, name, found == null ? List.of() : findings(found));
        } finally {
            LIBRARY.relocost_error_free(found);
        }
    }

    static void check(int status) {
        check(status, null);
    }

    /** Everything that an error object lists. */
    static List<Finding> findings(Pointer error) {
        LongByReference count = new LongByReference();
        check(LIBRARY.relocost_error_count(error, count));
        List<Finding> findings = new ArrayList<>();
        for (long at = 0; at < count.getValue(); at++) {
            Structures.Finding found = new Structures.Finding();
            check(LIBRARY.relocost_error_finding(error, at, found));
            findings.add(new Finding(found.number, said(found.name), said(found.file), found.line, found.column,
                    said(found.key), said(found.message)));
        }
        return List.copyOf(findings);
    }

    /** A number that a call puts in a place. */
    static long number(Function<LongByReference, Integer> call) {
        LongByReference value = new LongByReference();
        check(call.apply(value));
        return value.getValue();
    }
}
