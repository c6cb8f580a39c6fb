namespace Plimsoll.Engine.Processes;

/// <summary>Refuses launches that no kernel could carry out as meant.</summary>
internal static class LaunchCheck
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Refusal(ProcessLaunch launch)
    {
        if (launch.Arguments.Count == 0 || launch.Arguments[0].Length == 0)
            return "the command is empty; give a program to run";

        for (int index = 0; index < launch.Arguments.Count; index++)
        {
            if (launch.Arguments[index].Contains('\0', StringComparison.Ordinal))
                return $"argument {index} contains a NUL character, which no command line can carry; remove it";
        }

        for (int index = 0; index < launch.Environment.Count; index++)
        {
            string entry = launch.Environment[index];
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                return $"environment variable without a name: '{Short(entry)}'; names are not empty and contain no '='";

            if (entry.Contains('\0', StringComparison.Ordinal))
                return $"environment variable {Short(entry[..equals])} contains a NUL character; remove it";
        }

        return null;
    }

    // A value may be a secret; only what stands before it is shown.
    private static string Short(string entry) => entry.StartsWith('=') ? "=…" : entry.Length <= 40 ? entry : entry[..40] + "…";
}
