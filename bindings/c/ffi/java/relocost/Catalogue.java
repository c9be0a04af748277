package relocost;

import static relocost.Border.LIBRARY;

import com.sun.jna.Pointer;
import java.nio.file.Path;

/** A catalogue for many scenarios, which is read once. It never changes, and is freed by {@link #close}; scenarios stay. */
public final class Catalogue extends Handle {
    Catalogue(Pointer pointer) {
        super(pointer, LIBRARY::relocost_catalogue_free);
    }

    /** Reads a file of TOML or JSON. */
    public static Catalogue load(Path file) {
        byte[] path = Border.utf8(file.toString());
        return new Catalogue(Border.give((catalogue, error) ->
                LIBRARY.relocost_catalogue_from_file(path, path.length, catalogue, error)));
    }

    /** Reads TOML or JSON in memory. */
    public static Catalogue parse(String text) {
        byte[] bytes = Border.utf8(text);
        return new Catalogue(Border.give((catalogue, error) ->
                LIBRARY.relocost_catalogue_from_text(bytes, bytes.length, catalogue, error)));
    }
}
