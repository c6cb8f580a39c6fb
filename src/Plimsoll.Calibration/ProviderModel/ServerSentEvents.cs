using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>Writes events in the text/event-stream form, each named by its <c>type</c>.</summary>
internal static class ServerSentEvents
{
    public static string Write(params JsonObject[] events)
    {
        StringBuilder text = new();
        foreach (JsonObject item in events)
        {
            text.Append("event: ").Append((string)item["type"]!).Append("\ndata: ").Append(item.ToJsonString()).Append("\n\n");
        }

        return text.ToString();
    }
}
