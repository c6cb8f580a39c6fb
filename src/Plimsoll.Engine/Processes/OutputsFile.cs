using System.Text;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>What a task wrote to <c>$PLIMSOLL_OUTPUT</c>: lines of <c>key=value</c>; of a key written twice the last counts.</summary>
public static class OutputsFile
{
    /// <summary>Largest accepted file.</summary>
    public const int LimitBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads and parses the file.</summary>
    /// <returns>Null when there is nothing, or when <paramref name="refusal"/> says what is wrong.</returns>
    public static unsafe IReadOnlyDictionary<string, string>? Read(string path, out string? refusal)
    {
        refusal = null;
        int descriptor = LibC.Open(path, LibC.OpenReadOnly | LibC.OpenCloseOnExec | LibC.EventNonBlocking, 0);
        if (descriptor < 0)
            return null;

        byte[] buffer = new byte[4096];
        int used = 0;
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
            {
                count = LibC.Read(descriptor, start + used, buffer.Length - used);
            }

            if (count <= 0)
                break;

            used += (int)count;
            if (used > LimitBytes)
                break;

            if (used == buffer.Length)
                Array.Resize(ref buffer, used * 2);
        }

        _ = LibC.Close(descriptor);
        return Parse(buffer.AsSpan(0, used), out refusal);
    }

    /// <summary>Parses the content of a file.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(ReadOnlySpan<byte> content, out string? refusal)
    {
        refusal = null;
        if (content.Length > LimitBytes)
        {
            refusal = $"$PLIMSOLL_OUTPUT is larger than {LimitBytes} bytes; write large results to a file and pass its name";
            return null;
        }

        string text;
        try
        {
            text = Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            refusal = "$PLIMSOLL_OUTPUT is not UTF-8 text; write lines of key=value";
            return null;
        }

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        int number = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> raw = text.AsSpan(range).TrimEnd('\r');
            number++;
            if (raw.Trim().IsEmpty)
                continue;

            int equals = raw.IndexOf('=');
            if (equals <= 0 || !IsKey(raw[..equals]))
            {
                refusal = $"$PLIMSOLL_OUTPUT line {number} is '{Short(raw)}'; expected key=value with letters, digits, '.', '_' or '-' in the key";
                return null;
            }

            values[raw[..equals].ToString()] = raw[(equals + 1)..].ToString();
        }

        return values.Count == 0 ? null : values;
    }

    /// <summary>Adds what was written, or why that cannot be used: a declared key that is missing would be an empty text to whoever waits for it.</summary>
    internal static ExitReport AddTo(ExitReport report, string path, IReadOnlyList<string> declared)
    {
        IReadOnlyDictionary<string, string>? values = Read(path, out string? refusal);
        for (int index = 0; index < declared.Count && refusal is null; index++)
        {
            if (values?.ContainsKey(declared[index]) != true)
                refusal = $"it did not write the declared output '{declared[index]}'; append a line {declared[index]}=VALUE to \"$PLIMSOLL_OUTPUT\", or remove it from outputs:";
        }

        return values is null && refusal is null ? report : report with { Outputs = values, OutputsError = refusal };
    }

    private static bool IsKey(ReadOnlySpan<char> key)
    {
        foreach (char letter in key)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
                return false;
        }

        return true;
    }

    private static string Short(ReadOnlySpan<char> line) => line.Length <= 60 ? line.ToString() : $"{line[..60]}…";
}
