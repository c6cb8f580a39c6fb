using System.Globalization;

namespace Plimsoll.Plans.Conditions;

/// <summary>A value of a condition: a text that may be a number, or the result of a comparison.</summary>
internal readonly record struct ConditionValue(string Text)
{
    public static ConditionValue True { get; } = new("true");

    public static ConditionValue False { get; } = new("false");

    /// <summary>Empty, <c>false</c> and <c>0</c> do not hold.</summary>
    public bool Holds => Text is not ("" or "false" or "0");

    public static ConditionValue Of(bool value) => value ? True : False;

    public bool TryNumber(out double number) =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
