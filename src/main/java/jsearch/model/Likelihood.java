package jsearch.model;

/**
 * How likely a continuation is.
 *
 * @param logLikelihood sum of the continuation tokens' log-probabilities, in nats
 * @param greedy whether greedy decoding would have written exactly this continuation
 */
public record Likelihood(double logLikelihood, boolean greedy) {}
