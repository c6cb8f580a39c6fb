using System.CommandLine;
using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rendering;

/// <summary>Writes <c>--help</c>.</summary>
internal static class HelpPage
{
    public static void WriteRoot(OutputTarget output)
    {
        output.WriteLine("plimsoll runs fleets of AI agents and memory-hungry jobs, as many at once as the");
        output.WriteLine("machine allows and never one more.");
        output.WriteLine();
        output.WriteLine($"{output.Paint(Ink.Strong, "Usage:")} plimsoll VERB [options] …");
        foreach (IGrouping<string, VerbEntry> group in VerbTable.All.GroupBy(entry => entry.Group))
        {
            Title(output, group.Key);
            foreach (VerbEntry entry in group)
                Row(output, entry.Name, entry.Description, 12);
        }

        Title(output, "Exit codes");
        Row(output, "0", "success", 12);
        Row(output, "1", "at least one task did not succeed", 12);
        Row(output, "2", "invalid usage, plan or configuration", 12);
        Row(output, "3", "the environment is at fault: journal, disk, permissions", 12);
        Row(output, "4", "another plimsoll owns the state folder", 12);
        Row(output, "70", "a bug in plimsoll", 12);
        Row(output, "130, 143", "interrupted (Ctrl-C), terminated (SIGTERM)", 12);
        Title(output, "Environment");
        Row(output, "PLIMSOLL_MAX_CONCURRENT_TASKS", "auto, or a number from 1 to 1024", 31);
        Row(output, "NO_COLOR, CLICOLOR, COLUMNS", "as in other tools", 31);
        Row(output, "PLIMSOLL_DEBUG", "1 = show where an internal error happened", 31);
        output.WriteLine();
        output.WriteLine("'plimsoll VERB --help' explains a verb with examples.");
    }

    public static void Write(Verb verb, OutputTarget output)
    {
        Paragraph(output, verb.Description ?? "", "");
        output.WriteLine();
        output.WriteLine($"{output.Paint(Ink.Strong, "Usage:")} plimsoll {verb.Words} [options]{string.Concat(verb.Arguments.Select(ArgumentUsage))}");
        Argument[] arguments = [.. verb.Arguments.Where(argument => !argument.Hidden && argument.Description is not null)];
        (string Left, string Right)[] options = [.. verb.Options.Where(option => !option.Hidden).Select(option => (OptionUsage(option), option.Description ?? ""))];
        int width = Math.Min(30, options.Select(option => option.Left.Length).Concat(arguments.Select(argument => argument.Name.Length)).Max() + 2);
        if (arguments.Length > 0)
        {
            Title(output, "Arguments");
            foreach (Argument argument in arguments)
                Row(output, argument.Name, argument.Description ?? "", width);
        }

        Title(output, "Options");
        foreach ((string left, string right) in options)
            Row(output, left, right, width);

        if (verb.Remarks.Length > 0)
        {
            output.WriteLine();
            foreach (string paragraph in verb.Remarks.Split('\n'))
                Paragraph(output, paragraph, "");
        }

        Title(output, "Examples");
        foreach (Example example in verb.Examples)
        {
            output.WriteLine($"  {output.Paint(Ink.Accent, example.Line)}");
            Paragraph(output, example.Meaning, "      ");
        }
    }

    private static string ArgumentUsage(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "…" : argument.Name;
        return argument.Arity.MinimumNumberOfValues > 0 ? $" {name}" : $" [{name}]";
    }

    private static string OptionUsage(Option option)
    {
        string[] names = [.. option.Aliases.Append(option.Name).OrderBy(name => name.Length)];
        string value = option.Arity.MinimumNumberOfValues > 0 ? " " + (option.HelpName ?? "VALUE") : "";
        return (names[0].StartsWith("--", StringComparison.Ordinal) ? "    " : "") + string.Join(", ", names) + value;
    }

    private static void Title(OutputTarget output, string title)
    {
        output.WriteLine();
        output.WriteLine(output.Paint(Ink.Strong, title + ":"));
    }

    private static void Row(OutputTarget output, string left, string right, int width)
    {
        string indent = new(' ', width + 2);
        output.Write($"  {output.Paint(Ink.Accent, left)}");
        if (left.Length >= width)
        {
            output.WriteLine();
            output.Write(indent);
        }
        else
        {
            output.Write(new string(' ', width - left.Length));
        }

        output.WriteLine(Wrap(right, TextColumns(output) - indent.Length, indent));
    }

    private static void Paragraph(OutputTarget output, string text, string indent) =>
        output.WriteLine(indent + Wrap(text, TextColumns(output) - indent.Length, indent));

    private static int TextColumns(OutputTarget output) => Math.Clamp(output.Width, 40, 100);

    private static string Wrap(string text, int columns, string indent)
    {
        var lines = new List<string> { "" };
        foreach (string word in text.Split(' '))
        {
            string line = lines[^1];
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
                lines.Add(word);
            else
                lines[^1] = line.Length == 0 ? word : $"{line} {word}";
        }

        return string.Join("\n" + indent, lines);
    }
}
