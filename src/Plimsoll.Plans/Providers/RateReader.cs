using Plimsoll.Core.Limits;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads rates and amounts of money.</summary>
internal static class RateReader
{
    /// <summary>A rate; a number alone is per the period given.</summary>
    public static Rate? Read(Node node, string what, string period, Scalars scalars)
    {
        string text = node.Kind == NodeKind.Scalar ? node.Text.Trim().Replace("_", "", StringComparison.Ordinal) : "";
        if (Rate.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : $"{text}/{period}", out Rate rate) && text.Length > 0)
        {
            return rate;
        }

        scalars.Diagnostics.Error(node, $"{what} must be a whole amount above zero per time", $"Write for example 60/min, 2M/min, 100/10s or a number per {period}.");
        return null;
    }

    public static long? Dollars(Node node, string what, Scalars scalars)
    {
        if (node.Kind == NodeKind.Scalar && Money.TryParse(node.Text, out long micro))
        {
            return micro;
        }

        scalars.Diagnostics.Error(node, $"{what} must be an amount of US dollars above zero, at most a billion", "Write for example 5, 0.50 or 5 USD.");
        return null;
    }

    public static Rate? DollarRate(Node node, string what, Scalars scalars)
    {
        if (node.Kind == NodeKind.Scalar && Money.TryParseRate(node.Text, out Rate rate))
        {
            return rate;
        }

        scalars.Diagnostics.Error(node, $"{what} must be an amount of US dollars per time above zero", "Write for example 5 USD/d, 0.50/h or a number per day.");
        return null;
    }
}
