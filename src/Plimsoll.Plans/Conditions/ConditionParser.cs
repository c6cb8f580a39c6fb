using System.Globalization;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Conditions;

/// <summary>Recursive descent: or, and, not, comparison, operand.</summary>
internal sealed class ConditionParser
{
    private const int Deepest = 100;

    private readonly List<ConditionToken> tokens = [];
    private int at;
    private TextError? failure;

    private ConditionParser()
    {
    }

    private ConditionToken Current => tokens[at];

    public static Condition? TryParse(string text, out TextError error)
    {
        ConditionParser parser = new();
        if (!ConditionLexer.TryRead(text, parser.tokens, out error))
        {
            return null;
        }

        ConditionNode root = parser.Or(0);
        if (parser.Current.Kind != 'e')
        {
            parser.Fail(parser.Current, "the condition goes on where it should end", "Join comparisons with and or or.");
        }

        error = parser.failure ?? default;
        return parser.failure is null ? new Condition(text, root) : null;
    }

    private static bool IsOrdering(string comparison) => comparison[0] is '<' or '>';

    private ConditionNode Or(int depth)
    {
        ConditionNode left = And(depth);
        while (Word("or"))
        {
            left = new ConditionNode.Or(left, And(depth));
        }

        return left;
    }

    private ConditionNode And(int depth)
    {
        ConditionNode left = Not(depth);
        while (Word("and"))
        {
            left = new ConditionNode.And(left, Not(depth));
        }

        return left;
    }

    private ConditionNode Not(int depth)
    {
        if (depth > Deepest)
        {
            return Fail(Current, "the condition is nested too deeply", $"The limit is {Deepest} levels.");
        }

        return Word("not") ? new ConditionNode.Not(Not(depth + 1)) : Comparison(depth);
    }

    private ConditionNode Comparison(int depth)
    {
        ConditionNode left = Operand(depth);
        ConditionToken token = Current;
        if (token.Kind != 'o' || token.Text is "(" or ")")
        {
            return left;
        }

        at++;
        ConditionNode right = Operand(depth);
        if (failure is null)
        {
            Check(token, left, right);
        }

        return new ConditionNode.Compare(token.Text, left, right, token.Offset);
    }

    private void Check(ConditionToken token, ConditionNode left, ConditionNode right)
    {
        foreach ((ConditionNode one, ConditionNode other) in new[] { (left, right), (right, left) })
        {
            if (IsOrdering(token.Text) && one is ConditionNode.Literal { IsNumber: false } text)
            {
                Fail(token with { Text = text.Text }, $"{token.Text} compares numbers, but one side is a text", "Compare texts with == or !=.");
            }

            if (one is not ConditionNode.Lookup { Reference.Kind: ReferenceKind.Outcome })
            {
                continue;
            }

            if (IsOrdering(token.Text))
            {
                Fail(token, "an outcome has no order", "Compare outcomes with == or !=.");
            }
            else if (other is ConditionNode.Literal literal && !Condition.OutcomeWords.Contains(literal.Text))
            {
                Fail(token with { Text = literal.Text }, "this is no outcome", Nearest.Cure(literal.Text, Condition.OutcomeWords, "outcome"));
            }
        }
    }

    private ConditionNode Operand(int depth)
    {
        ConditionToken token = Current;
        switch (token.Kind)
        {
            case 'o' when token.Text == "(":
                at++;
                ConditionNode inner = Or(depth + 1);
                if (Current.Text != ")" || Current.Kind != 'o')
                {
                    return Fail(Current, "a ) is missing", "Close the bracket.");
                }

                at++;
                return inner;
            case 's':
                at++;
                return new ConditionNode.Literal(token.Text, false);
            case 'n':
                at++;
                return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                    ? new ConditionNode.Literal(token.Text, true)
                    : Fail(token, "this is not a number", "Write it in quotes if it is a text.");
            case 'a' when token.Text is "true" or "false":
                at++;
                return new ConditionNode.Literal(token.Text, false);
            case 'a' when token.Text is not ("and" or "or" or "not"):
                at++;
                return Reference.TryParse(token.Text, false, token.Offset, out Reference reference)
                    ? new ConditionNode.Lookup(reference)
                    : Fail(token, "this names neither a value nor an output", "Write needs.TASK.KEY, needs.TASK.outcome or the name of a value.");
            default:
                return Fail(token, "a value is missing here", "Write a name, a number or a text in quotes.");
        }
    }

    private bool Word(string word)
    {
        if (failure is null && Current.Kind == 'a' && Current.Text == word)
        {
            at++;
            return true;
        }

        return false;
    }

    // The first failure is the one that helps; afterwards parsing only has to end.
    private ConditionNode.Literal Fail(ConditionToken token, string message, string cure)
    {
        failure ??= new TextError(token.Offset, token.Text, message, cure);
        at = tokens.Count - 1;
        return new ConditionNode.Literal("", false);
    }
}
