package jsearch.schedule;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.FunctionDictionaryIfc;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.FunctionIfc;
import com.ezylang.evalex.functions.basic.AbsFunction;
import com.ezylang.evalex.functions.basic.IfFunction;
import com.ezylang.evalex.functions.basic.MaxFunction;
import com.ezylang.evalex.functions.basic.MinFunction;
import com.ezylang.evalex.functions.basic.SqrtFunction;
import com.ezylang.evalex.functions.trigonometric.CosRFunction;
import com.ezylang.evalex.functions.trigonometric.SinRFunction;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.parser.ParseException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * An expression of a search space, parsed once; the only class that touches EvalEx.
 *
 * <p>Decimal arithmetic of 34 digits, rounded to a double once, at the end. Only the functions
 * below are known: EvalEx's others read the clock, draw random numbers or work in degrees.
 */
final class Formula {
  /** Names that scalars cannot have, since expressions know them already. */
  static final Set<String> CONSTANTS = Set.of("pi");

  private static final Map<String, FunctionIfc> FUNCTIONS =
      Map.of(
          "abs", new AbsFunction(),
          "cos", new CosRFunction(),
          "if", new IfFunction(),
          "max", new MaxFunction(),
          "min", new MinFunction(),
          "sin", new SinRFunction(),
          "sqrt", new SqrtFunction());

  private static final ExpressionConfiguration CONFIGURATION =
      ExpressionConfiguration.builder()
          .mathContext(MathContext.DECIMAL128)
          .functionDictionary(functions())
          .defaultConstants(Map.of("pi", EvaluationValue.numberValue(new BigDecimal(Math.PI))))
          // -x^2 is -(x^2), as in mathematics; EvalEx's default is (-x)^2.
          .powerOfPrecedence(OperatorIfc.OPERATOR_PRECEDENCE_POWER_HIGHER)
          .implicitMultiplicationAllowed(false)
          .arraysAllowed(false)
          .structuresAllowed(false)
          .build();

  private final Document source;
  private final Expression expression;

  private Formula(Document source, Expression expression) {
    this.source = source;
    this.expression = expression;
  }

  private static FunctionDictionaryIfc functions() {
    FunctionDictionaryIfc dictionary = new MapBasedFunctionDictionary();
    FUNCTIONS.forEach(dictionary::addFunction);
    return dictionary;
  }

  /**
   * Parses an expression (or a plain number) of these variables.
   *
   * @throws InputException when it does not parse or has another variable; names what is known
   */
  static Formula parse(Document source, Set<String> variables) {
    String text = source.isNumber() ? Double.toString(source.number()) : source.text();
    Expression expression = new Expression(text, CONFIGURATION);
    Set<String> unknown;
    try {
      expression.validate();
      unknown = new TreeSet<>(expression.getUsedVariables());
    } catch (ParseException e) {
      throw source.expected(
          "an expression of %s and %s; at character %d: %s"
              .formatted(
                  new TreeSet<>(variables),
                  new TreeSet<>(FUNCTIONS.keySet()),
                  e.getStartPosition(),
                  e.getMessage()));
    }
    unknown.removeAll(variables);
    if (!unknown.isEmpty()) {
      throw source.expected(
          "an expression of %s; %s is unknown"
              .formatted(new TreeSet<>(variables), unknown.iterator().next()));
    }
    return new Formula(source, expression);
  }

  /**
   * The value at these variables, a finite number.
   *
   * @throws InputException when it is not a finite number; names the variables' values
   */
  double at(Map<String, BigDecimal> variables) {
    try {
      // A copy shares the parsed tree but not the variables, so that threads do not meet.
      EvaluationValue result = expression.copy().withValues(variables).evaluate();
      if (result.isNumberValue() && Double.isFinite(result.getNumberValue().doubleValue())) {
        return result.getNumberValue().doubleValue();
      }
      throw notFinite(variables, String.valueOf(result.getValue()));
    } catch (BaseException | ArithmeticException | NumberFormatException e) {
      throw notFinite(variables, e.getMessage());
    }
  }

  private InputException notFinite(Map<String, BigDecimal> variables, String found) {
    StringBuilder where = new StringBuilder();
    variables.forEach((name, value) -> where.append(" %s=%s".formatted(name, value.doubleValue())));
    return source.expected("a finite number at%s; found %s".formatted(where, found));
  }
}
