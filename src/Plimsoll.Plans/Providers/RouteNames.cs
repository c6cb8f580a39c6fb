using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Providers;

/// <summary>What providers and pools may be called: their names are the first part of paths at the gateway.</summary>
internal static class RouteNames
{
    private static readonly string[] Taken = ["v1", "messages", "models", "chat", "responses", "embeddings"];

    /// <summary>True when it can be used; otherwise it has been reported.</summary>
    public static bool Check(Node name, string what, Scalars scalars)
    {
        if (Names.IsKey(name.Text) && !Taken.Contains(name.Text, StringComparer.Ordinal))
        {
            return true;
        }

        scalars.Diagnostics.Error(name, $"this cannot be the name of a {what}", $"{Names.KeyRule} {string.Join(", ", Taken)} are taken.");
        return false;
    }
}
