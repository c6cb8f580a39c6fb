using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>The text by which the definition of a task is looked up; one buffer serves all tasks of a request.</summary>
internal sealed class DefinitionText
{
    private readonly ArrayBufferWriter<char> text = new(128);

    public ReadOnlySpan<char> Written => text.WrittenSpan;

    /// <summary>Begins an object.</summary>
    public void Begin()
    {
        text.ResetWrittenCount();
        text.Write("{");
    }

    /// <summary>Adds a member as it was sent.</summary>
    public void Add(JsonProperty member)
    {
        text.Write(text.WrittenCount > 1 ? ",\"" : "\"");
        Encoding.UTF8.GetChars(JsonMarshal.GetRawUtf8PropertyName(member), text);
        text.Write("\":");
        Encoding.UTF8.GetChars(JsonMarshal.GetRawUtf8Value(member.Value), text);
    }

    public void End() => text.Write("}");
}
