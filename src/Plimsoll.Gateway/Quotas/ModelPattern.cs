using System.IO.Enumeration;

namespace Plimsoll.Gateway.Quotas;

/// <summary>Patterns of model names, with <c>*</c> for any text; the longest that matches counts.</summary>
internal static class ModelPattern
{
    /// <summary>The setting whose pattern fits best, or null.</summary>
    public static T? Best<T>(IEnumerable<T> settings, Func<T, string> pattern, string model)
        where T : class
    {
        T? best = null;
        foreach (T setting in settings)
        {
            if (Matches(pattern(setting), model) && (best is null || pattern(setting).Length > pattern(best).Length))
            {
                best = setting;
            }
        }

        return best;
    }

    public static bool Matches(string pattern, string model) => FileSystemName.MatchesSimpleExpression(pattern, model, ignoreCase: false);
}
