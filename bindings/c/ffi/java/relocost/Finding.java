package relocost;

/**
 * One thing that was found.
 *
 * @param number the stable number, such as {@link Relocost#MISSING_KEY}
 * @param name its name, such as "missing_key"
 * @param file the file's own name without its folders; null where it is about no file
 * @param line the line from 1; 0 where it is about no line
 * @param column the column in characters from 1; 0 where it is about no column
 * @param key the path of the key, such as "lines.rent.amount", or the argument of the call; null where there is none
 * @param message what was found and what would be accepted
 */
public record Finding(int number, String name, String file, int line, int column, String key, String message) {}
