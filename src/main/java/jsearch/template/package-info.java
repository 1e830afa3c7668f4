/**
 * The text of a Jinja template and values enter; text leaves, character by character as Python's.
 *
 * <p>Home of Jinja and of the Python that templates speak: text, lists, dicts, numbers, patterns.
 * What it does not know it refuses by name and line; it never guesses. Must not know what a
 * template is for.
 */
package jsearch.template;
