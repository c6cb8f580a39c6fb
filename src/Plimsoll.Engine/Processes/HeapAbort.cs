using System.Collections.Immutable;
using System.Text;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Recognises a runtime that gave up for want of memory by its exit code and the end of what it said.</summary>
internal static class HeapAbort
{
    /// <summary>How much of the end of standard error is looked at.</summary>
    public const int TailBytes = 4096;

    private const int Aborted = 134; // 128 + SIGABRT, as shells and supervisors report it
    private const int Illegal = 132;
    private const int Trapped = 133;

    private static readonly ImmutableArray<Pattern> Patterns =
    [
        new("V8", [Aborted, Illegal, Trapped], ["JavaScript heap out of memory", "Reached heap limit", "FATAL ERROR: CALL_AND_RETRY_LAST", "Fatal process out of memory"]),
        new(".NET", [Aborted], ["System.OutOfMemoryException", "\nOut of memory."]),
        // 3: -XX:+ExitOnOutOfMemoryError; 134: -XX:+CrashOnOutOfMemoryError.
        new("Java", [1, 3, Aborted], ["java.lang.OutOfMemoryError", "Native memory allocation (mmap) failed"]),
        new("Python", [1], ["\nMemoryError", "MemoryError: Unable to allocate"]),
        new("Go", [2], ["fatal error: runtime: out of memory", "fatal error: runtime: cannot allocate memory"]),
        new("Ruby", [1], ["(NoMemoryError)", "[FATAL] failed to allocate memory"]),
        new("C++", [Aborted], ["std::bad_alloc"]),
        new("Rust", [Aborted], ["memory allocation of "]),
    ];

    /// <summary>Name of the runtime, or null.</summary>
    public static string? RuntimeOf(ExitReport report, string errorFile)
    {
        int? code = report.ExitCode ?? report.Signal + 128;
        return code is not { } ended || !Patterns.Any(pattern => pattern.Codes.Contains(ended)) ? null : RuntimeOf(ended, Tail(errorFile));
    }

    internal static string? RuntimeOf(int code, string tail)
    {
        // A pattern that begins a line must also match the first one.
        string text = $"\n{tail}";
        foreach (Pattern pattern in Patterns)
        {
            if (pattern.Codes.Contains(code) && pattern.Texts.Any(each => text.Contains(each, StringComparison.Ordinal)))
                return pattern.Runtime;
        }

        return null;
    }

    private static unsafe string Tail(string path)
    {
        const int FromEnd = 2;
        int descriptor = LibC.Open(path, LibC.OpenReadOnly | LibC.OpenCloseOnExec | LibC.EventNonBlocking, 0);
        if (descriptor < 0)
            return "";

        byte* buffer = stackalloc byte[TailBytes];
        long size = LibC.Seek(descriptor, 0, FromEnd);
        nint length = LibC.ReadAt(descriptor, buffer, TailBytes, Math.Max(0, size - TailBytes));
        _ = LibC.Close(descriptor);
        return length <= 0 ? "" : Encoding.UTF8.GetString(buffer, (int)length);
    }

    private sealed record Pattern(string Runtime, ImmutableArray<int> Codes, ImmutableArray<string> Texts);
}
