package jsearch.torch;

/** Programs for tests. */
final class Sources {
  static final String ADDER =
      """
      class Program(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def add(self: __torch__.Program, x: Tensor, y: float) -> Tensor:
          return torch.add(x, y)
        def zeros(self: __torch__.Program, count: int) -> Tensor:
          return torch.zeros([count], dtype=6)
        def pieces(self: __torch__.Program, xs: List[Tensor], by: Dict[str, Tensor]) -> List[Tensor]:
          found = annotate(List[Tensor], [])
          for x in xs:
            _0 = torch.append(found, torch.mul(x, by["by"]))
          return found
        def total(self: __torch__.Program, xs: List[int]) -> List[int]:
          return [xs[0] + xs[1]]
        def third(self: __torch__.Program, xs: List[float], on: bool, unit: str) -> List[float]:
          if on and unit == "ε":
            return [xs[2]]
          return [0.]
      """;

  private Sources() {}
}
