using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plimsoll.Core.Identity;

namespace Plimsoll.Journal.Records;

/// <summary>Tasks of one run as ordinals in their order, ascending neighbours joined: <c>0-5,9,3</c>.</summary>
internal static class OrdinalList
{
    internal static string Write(IReadOnlyList<TaskId> tasks)
    {
        StringBuilder text = new();
        for (int i = 0; i < tasks.Count; i++)
        {
            int first = tasks[i].Ordinal;
            int last = first;
            while (i + 1 < tasks.Count && tasks[i + 1].Ordinal == last + 1)
            {
                last++;
                i++;
            }

            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : ",")}{first}");
            if (last > first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
            }
        }

        return text.ToString();
    }

    internal static ImmutableArray<TaskId> Read(RunId run, string? text)
    {
        ImmutableArray<TaskId>.Builder tasks = ImmutableArray.CreateBuilder<TaskId>();
        ReadOnlySpan<char> all = text;
        foreach (Range part in all.Split(','))
        {
            ReadOnlySpan<char> range = all[part];
            if (range.IsEmpty)
            {
                continue;
            }

            int dash = range.IndexOf('-');
            int first = int.Parse(dash < 0 ? range : range[..dash], CultureInfo.InvariantCulture);
            int last = dash < 0 ? first : int.Parse(range[(dash + 1)..], CultureInfo.InvariantCulture);
            for (int ordinal = first; ordinal <= last; ordinal++)
            {
                tasks.Add(new TaskId(run, ordinal));
            }
        }

        return tasks.ToImmutable();
    }
}
