using System.Buffers;
using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Hosting;

/// <summary>Reads secrets where the configuration says; what is wrong is said without them.</summary>
public static class KeyReader
{
    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)]);

    /// <summary>The secret, or null and what is wrong.</summary>
    /// <param name="owner">For the message: whose key it is.</param>
    public static string? Read(KeySource source, string owner, IReadOnlyDictionary<string, string> environment, out string? problem)
    {
        problem = null;
        string? text;
        string place;
        if (source.Variable is { } variable)
        {
            place = $"environment variable {variable}";
            if (!environment.TryGetValue(variable, out text) || text.Trim().Length == 0)
            {
                problem = $"{owner}: {place} is not set; set it to the key";
                return null;
            }
        }
        else
        {
            place = $"file {source.File}";
            try
            {
                text = File.ReadLines(source.File ?? "").FirstOrDefault() ?? "";
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
            {
                problem = $"{owner}: {place} cannot be read: {unreadable.Message}";
                return null;
            }
        }

        string key = text.Trim();
        if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(Visible))
        {
            problem = $"{owner}: {place} holds {(key.Length == 0 ? "nothing" : "spaces or control characters")}; its first line must be the key alone";
            return null;
        }

        return key;
    }
}
