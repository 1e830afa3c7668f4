package jsearch.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response's body as it comes, piece by piece.
 *
 * <p>Unlike Java's own stream of a body it notices that nothing comes any more.
 */
final class HubBody implements BodySubscriber<HubBody>, AutoCloseable {
  /** Bytes, or none with the error that ended them, or none and no error at the end. */
  private record Piece(List<ByteBuffer> bytes, Throwable error) {}

  private final Patience patience;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final CompletableFuture<HubBody> begun = new CompletableFuture<>();
  private volatile Flow.Subscription subscription;

  HubBody(Patience patience) {
    this.patience = patience;
  }

  /**
   * The next bytes, in at least one buffer; none at the end.
   *
   * @throws IOException when the connection breaks or falls silent
   */
  List<ByteBuffer> next() throws IOException {
    Piece piece = patience.await(millis -> pieces.poll(millis, TimeUnit.MILLISECONDS));
    if (piece.error != null) {
      throw new IOException(piece.error.getMessage(), piece.error);
    }
    subscription.request(1);
    return piece.bytes;
  }

  /** All bytes, refused when they are more than so many. */
  byte[] all(int most) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (List<ByteBuffer> bytes = next(); !bytes.isEmpty(); bytes = next()) {
      for (ByteBuffer buffer : bytes) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        all.write(part);
      }
      if (all.size() > most) {
        throw new IOException("the answer has more than %,d bytes".formatted(most));
      }
    }
    return all.toByteArray();
  }

  @Override
  public CompletionStage<HubBody> getBody() {
    return begun;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    begun.complete(this);
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    if (bytes.isEmpty()) {
      subscription.request(1);
    } else {
      pieces.add(new Piece(bytes, null));
    }
  }

  @Override
  public void onError(Throwable error) {
    pieces.add(new Piece(List.of(), error));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), null));
  }

  /** Ends the exchange, and the connection with it where there is more to come. */
  @Override
  public void close() {
    subscription.cancel();
  }
}
