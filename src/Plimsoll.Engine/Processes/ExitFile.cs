using System.Globalization;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Engine.Processes;

/// <summary>What a supervisor wrote about the end of its command: perhaps a remark of the shell, then the code and a newline.</summary>
internal static class ExitFile
{
    private const int ReadLimit = 8192;

    /// <summary>The recorded end, or null when there is none or it is not complete.</summary>
    /// <param name="remark">First line of what the shell said besides.</param>
    public static ExitReport? Read(string path, out string remark)
    {
        remark = "";
        return SmallFile.TryRead(path, ReadLimit, out string text) ? Parse(text, out remark) : null;
    }

    internal static ExitReport? Parse(string text, out string remark)
    {
        string body = text.EndsWith('\n') ? text[..^1] : text;
        int lastLine = body.LastIndexOf('\n') + 1;
        string before = body[..lastLine].Trim();
        bool complete = text.EndsWith('\n')
            && int.TryParse(body.AsSpan(lastLine), NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            && code is >= 0 and <= 255;
        remark = (complete ? before : text.Trim()).Split('\n')[0];
        if (!complete)
            return null;

        if (before.EndsWith(SupervisorScript.Outside, StringComparison.Ordinal))
            return ExitReport.NotStarted($"the command could not enter its cgroup: {remark}");

        code = int.Parse(body.AsSpan(lastLine), NumberStyles.None, CultureInfo.InvariantCulture);
        return code > 128 && before.Length > 0
            ? new ExitReport(null, code - 128, null, false, default, default, null)
            : ExitReport.Exited(code);
    }
}
