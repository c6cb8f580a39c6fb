using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Plimsoll.Cli.Terminal;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Mapping;

/// <summary>Reads the items of a map as they arrive, and remembers which number each was given.</summary>
/// <remarks>Blank lines are no items. Sequence numbers count every item read, so that a resumed map gives each item the number it had before.</remarks>
/// <param name="done">Sequence numbers to leave out.</param>
/// <param name="keepValues">Remember the items themselves, for <c>--tag</c>.</param>
internal sealed class ItemReader(Stream input, byte separator, IReadOnlySet<long> done, bool keepValues)
{
    private const int BlockBytes = 64 * 1024;
    private const int MostShown = 10;
    private const int LongestShown = 200;

    // Written by whoever reads the items, read by the view.
    private readonly Lock _gate = new();
    private readonly List<long> _sequences = [];
    private readonly List<string> _values = [];
    private readonly List<string> _firstInvalid = [];
    private int _invalid;

    /// <summary>Items that are not UTF-8 and were therefore not run.</summary>
    public int Invalid
    {
        get
        {
            lock (_gate)
                return _invalid;
        }
    }

    /// <summary>The first few of them, ready to be shown: number and bytes.</summary>
    public IReadOnlyList<string> FirstInvalid
    {
        get
        {
            lock (_gate)
                return [.. _firstInvalid];
        }
    }

    /// <summary>The sequence number of the task with this index.</summary>
    public long SequenceOf(int index)
    {
        lock (_gate)
            return index < _sequences.Count ? _sequences[index] : index + 1;
    }

    /// <summary>The item of the task with this index, if items are kept.</summary>
    public string ValueOf(int index)
    {
        lock (_gate)
            return index < _values.Count ? _values[index] : "";
    }

    public async IAsyncEnumerable<MapItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long sequence = 0;
        byte[] block = new byte[BlockBytes];
        var partial = new ArrayBufferWriter<byte>();
        var items = new List<MapItem>();
        bool more = true;
        while (more)
        {
            // A read of a terminal or a pipe cannot be cancelled: it is left behind instead.
            int read = await input.ReadAsync(block, CancellationToken.None).AsTask().WaitAsync(cancellationToken);
            more = read > 0;
            items.Clear();
            Split(block.AsSpan(0, read), more, partial, ref sequence, items);
            foreach (MapItem item in items)
                yield return item;
        }
    }

    private void Split(ReadOnlySpan<byte> bytes, bool more, ArrayBufferWriter<byte> partial, ref long sequence, List<MapItem> items)
    {
        for (int end = bytes.IndexOf(separator); end >= 0; end = bytes.IndexOf(separator))
        {
            partial.Write(bytes[..end]);
            Take(partial.WrittenSpan, ref sequence, items);
            partial.ResetWrittenCount();
            bytes = bytes[(end + 1)..];
        }

        partial.Write(bytes);
        if (!more && partial.WrittenCount > 0)
            Take(partial.WrittenSpan, ref sequence, items);
    }

    private void Take(ReadOnlySpan<byte> bytes, ref long sequence, List<MapItem> items)
    {
        if (separator == (byte)'\n' && bytes.Trim(" \t\r"u8).IsEmpty)
            return;

        sequence++;
        lock (_gate)
        {
            if (!Utf8.IsValid(bytes))
            {
                if (_invalid++ < MostShown)
                    _firstInvalid.Add(Describe(sequence, bytes));
                return;
            }

            if (done.Contains(sequence))
                return;
            string value = Encoding.UTF8.GetString(bytes);
            _sequences.Add(sequence);
            if (keepValues)
                _values.Add(value);
            items.Add(new MapItem(sequence, value));
        }
    }

    private static string Describe(long sequence, ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"item {sequence} ");
        ControlEscaper.Append(bytes[..Math.Min(bytes.Length, LongestShown)], keepColor: false, text);
        return text.ToString();
    }
}
