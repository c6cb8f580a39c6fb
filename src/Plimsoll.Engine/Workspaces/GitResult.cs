namespace Plimsoll.Engine.Workspaces;

/// <summary>What a git command said.</summary>
internal readonly record struct GitResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The first line that says what went wrong.</summary>
    public string Complaint
    {
        get
        {
            string text = Error.Length > 0 ? Error : Output;
            string line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault("");
            return line.Length == 0 ? $"git ended with {ExitCode}" : line;
        }
    }
}
