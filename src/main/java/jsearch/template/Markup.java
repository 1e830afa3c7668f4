package jsearch.template;

/** Text that a template has declared {@code safe}: it can be printed and joined by {@code ~}. */
record Markup(String text) {}
