using System.Text;
using Plimsoll.Cli.Following;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class OutputFollowerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-follow-").FullName;
    private readonly RecordedLines _sink = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_line_is_passed_on_when_it_is_whole()
    {
        OutputFollower follower = Follow("a");
        Append("a", "half");
        follower.Poll();
        Assert.Empty(_sink.Lines);

        Append("a", " done\nnext");
        follower.Poll();
        Assert.Equal("half done", Assert.Single(_sink.Lines).Text);
    }

    [Fact]
    public void The_last_line_is_passed_on_at_the_end_even_without_a_newline()
    {
        OutputFollower follower = Follow("a");
        Append("a", "one\ntwo");
        follower.Remove("a", 1);
        Assert.Equal(["one", "two"], _sink.Lines.Select(line => line.Text));

        Append("a", "\nlate\n");
        follower.Poll();
        Assert.Equal(2, _sink.Lines.Count);
    }

    [Fact]
    public void A_file_that_is_not_there_yet_is_waited_for()
    {
        OutputFollower follower = Follow("a");
        follower.Poll();
        Append("a", "\n\n");
        follower.Poll();
        Assert.Equal(["", ""], _sink.Lines.Select(line => line.Text));
    }

    [Fact]
    public void A_task_that_prints_faster_than_anybody_reads_is_skipped_to_a_whole_line()
    {
        OutputFollower follower = Follow("a");
        Append("a", "first\nbegun");
        follower.Poll();
        var flood = new StringBuilder();
        for (int line = 0; flood.Length < FollowedFile.LargestBacklog + 1_000_000; line++)
            flood.Append("line ").Append(line).Append('\n');
        Append("a", flood.ToString());
        follower.Poll();

        (_, long skipped) = Assert.Single(_sink.Skips);
        Assert.True(skipped > FollowedFile.LargestBacklog, $"{skipped} bytes");
        Assert.Equal(["first", "begun"], _sink.Lines.Take(2).Select(line => line.Text));
        string[] kept = [.. _sink.Lines.Skip(2).Select(line => line.Text)];
        string[] last = flood.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^kept.Length..];
        Assert.Equal(last, kept);
        Assert.NotEmpty(kept);
    }

    [Fact]
    public void A_line_without_end_takes_bounded_memory()
    {
        OutputFollower follower = Follow("a");
        Append("a", new string('x', 100_000));
        follower.Remove("a", 1);
        Assert.All(_sink.Lines, line => Assert.InRange(line.Text.Length, 1, LineAssembler.LongestLine));
        Assert.Equal(100_000, _sink.Lines.Sum(line => line.Text.Length));
    }

    [Fact]
    public void Lines_of_tasks_that_write_at_once_never_interleave()
    {
        for (int seed = 0; seed < TestLevel.Count(20, 200, 2_000); seed++)
        {
            var random = new Random(seed);
            string[] tasks = [$"a{seed}", $"b{seed}", $"c{seed}"];
            OutputFollower follower = Follow(tasks);
            _sink.Lines.Clear();
            var written = tasks.ToDictionary(task => task, _ => new StringBuilder(), StringComparer.Ordinal);
            for (int step = 0; step < 60; step++)
            {
                string task = tasks[random.Next(tasks.Length)];
                string piece = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) == 0 ? "\n" : $"<{task}>"));
                written[task].Append(piece);
                Append(task, piece);
                if (random.Next(3) == 0)
                    follower.Poll();
            }

            follower.RemoveAll();
            foreach (string task in tasks)
            {
                string[] expected = written[task].ToString().Split('\n');
                string[] whole = expected[^1].Length == 0 ? expected[..^1] : expected;
                Assert.Equal(whole, _sink.Lines.Where(line => line.Task == task).Select(line => line.Text));
            }
        }
    }

    private OutputFollower Follow(params string[] tasks)
    {
        var follower = new OutputFollower(_sink);
        foreach (string task in tasks)
            follower.Add(task, 1, PathOf(task), Path.Combine(_folder, task + ".err"));
        return follower;
    }

    private void Append(string task, string text) => File.AppendAllText(PathOf(task), text);

    private string PathOf(string task) => Path.Combine(_folder, task + ".out");
}
