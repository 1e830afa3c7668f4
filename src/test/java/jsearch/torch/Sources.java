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

  static final String HOLDER =
      """
      class Program(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        size : int
        big : int
        half : float
        on : bool
        name : str
        counts : List[int]
        none : List[int]
        shares : List[float]
        def integers(self: __torch__.Program) -> List[int]:
          return [self.size, self.big, self.counts[0], self.counts[1], torch.len(self.none)]
        def floats(self: __torch__.Program, name: str) -> List[float]:
          if self.on and name == self.name:
            return [self.half, self.shares[0], self.shares[1]]
          return annotate(List[float], [])
      """;

  private Sources() {}
}
