using System.Text;
using Plimsoll.Cli.Mapping;
using Plimsoll.Daemon.Requests;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class ItemReaderTests
{
    [Fact]
    public async Task Lines_are_items_and_blank_lines_are_none() =>
        Assert.Equal([new(1, "a b"), new(2, "ü"), new(3, "last")], await ReadAsync("a b\n\n  \nü\nlast"));

    [Fact]
    public async Task Zero_separated_items_may_hold_newlines_and_be_empty() =>
        Assert.Equal([new(1, "a\nb"), new(2, ""), new(3, "c")], await ReadAsync("a\nb\0\0c\0", separator: 0));

    [Fact]
    public async Task Items_that_are_done_are_left_out_and_the_others_keep_their_numbers()
    {
        var reader = Reader("a\nb\nc\n", done: new HashSet<long> { 1, 2 });
        MapItem item = Assert.Single(await reader.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new MapItem(3, "c"), item);
        Assert.Equal(3, reader.SequenceOf(0));
        Assert.Equal("c", reader.ValueOf(0));
    }

    [Fact]
    public async Task An_item_longer_than_a_block_arrives_whole()
    {
        string item = new('x', 200_000);
        Assert.Equal([item, "y"], (await ReadAsync(item + "\ny\n")).Select(read => read.Value));
    }

    [Fact]
    public async Task An_item_that_is_not_UTF8_is_counted_and_not_run()
    {
        var reader = new ItemReader(new MemoryStream([(byte)'a', (byte)'\n', 0xFF, (byte)'\n', (byte)'b']), (byte)'\n', new HashSet<long>(), keepValues: false);
        Assert.Equal([new(1, "a"), new(3, "b")], await reader.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, reader.Invalid);
        Assert.Equal([@"item 2 \xff"], reader.FirstInvalid);
    }

    private static ItemReader Reader(string text, byte separator = (byte)'\n', IReadOnlySet<long>? done = null) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(text)), separator, done ?? new HashSet<long>(), keepValues: true);

    private static async Task<List<MapItem>> ReadAsync(string text, byte separator = (byte)'\n') =>
        await Reader(text, separator).ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}
