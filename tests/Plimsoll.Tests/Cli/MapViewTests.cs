using Plimsoll.Cli.Mapping;
using Plimsoll.Cli.Running;
using Plimsoll.Client.Events;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class MapViewTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-map-").FullName;
    private readonly FakeTerminal _terminal = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Outputs_come_in_the_order_of_ends()
    {
        MapView view = View(keepOrder: false);
        End(view, 2, 0, 1);
        Assert.Equal("out 2\nout 0\nout 1\n", _terminal.Printed);
    }

    [Fact]
    public void Kept_order_holds_an_output_until_those_before_it_are_printed()
    {
        MapView view = View(keepOrder: true);
        End(view, 2, 0);
        Assert.Equal("out 0\n", _terminal.Printed);
        view.Handle(new TaskSkippedView(FixedTime.Noon, 1, "2", 1, "cancelled"));
        Assert.Equal("out 0\nout 2\n", _terminal.Printed);
        End(view, 4);
        view.Finish(null);
        Assert.Equal("out 0\nout 2\nout 4\n", _terminal.Printed);
    }

    [Fact]
    public void A_failed_item_is_named_on_standard_error_with_its_own_complaint()
    {
        MapView view = View(keepOrder: false);
        view.Handle(Ended(0, "failed", exitCode: 3, complaint: "no such file\n"));
        Assert.Equal("no such file\nplimsoll: item 1 exit 3\n", _terminal.Complained);
    }

    private void End(MapView view, params int[] indexes)
    {
        foreach (int index in indexes)
            view.Handle(Ended(index, "succeeded", exitCode: 0));
    }

    private TaskEndedView Ended(int index, string state, int exitCode, string? complaint = null)
    {
        string stdout = Path.Combine(_folder, $"{index}.out");
        string stderr = Path.Combine(_folder, $"{index}.err");
        File.WriteAllText(stdout, $"out {index}\n");
        if (complaint is not null)
            File.WriteAllText(stderr, complaint);
        return new TaskEndedView(FixedTime.Noon, 1, $"{index + 1}", index, 1, state, state, exitCode, null, 1, 0, stdout, stderr, null);
    }

    private MapView View(bool keepOrder)
    {
        var items = new ItemReader(Stream.Null, (byte)'\n', new HashSet<long>(), keepValues: false);
        var screen = new Screen(_terminal.Out, _terminal.Error, live: false);
        return new MapView(screen, new MapViewOptions(keepOrder, false, false), items);
    }
}
