using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rendering;

/// <summary>Gives each task a colour of its own, the same in every run.</summary>
internal static class TaskInk
{
    private static readonly Ink[] s_inks = [Ink.Accent, Ink.Good, Ink.Caution, Ink.Violet, Ink.Blue];

    public static Ink Of(string task)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        uint hash = 2166136261;
        foreach (char letter in task)
            hash = (hash ^ letter) * 16777619;
        return s_inks[hash % (uint)s_inks.Length];
    }
}
