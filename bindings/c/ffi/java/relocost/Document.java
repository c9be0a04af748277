package relocost;

import static relocost.Border.LIBRARY;

import com.sun.jna.Pointer;

/** A report or a workbook, which is handed on as a file of its own. It never changes, and is freed by {@link #close}. */
public final class Document extends Handle {
    Document(Pointer pointer) {
        super(pointer, LIBRARY::relocost_document_free);
    }

    /** What its file has: of HTML a text in UTF-8, of a workbook an archive. */
    public byte[] bytes() {
        Structures.Text found = new Structures.Text();
        Border.check(LIBRARY.relocost_document_bytes(pointer(), found));
        return found.data.getByteArray(0, Math.toIntExact(found.length));
    }
}
