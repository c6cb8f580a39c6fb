using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using Plimsoll.Client.Events;

namespace Plimsoll.Daemon.Streaming;

/// <summary>The words that tell kinds of events apart, as their documents have them.</summary>
internal static class EventKinds
{
    private static readonly FrozenDictionary<Type, string> Words = typeof(RunEventView).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
        .ToFrozenDictionary(static kind => kind.DerivedType, static kind => (string)kind.TypeDiscriminator!);

    public static IReadOnlyList<string> All { get; } = [.. Words.Values.Order(StringComparer.Ordinal)];

    public static string Of(RunEventView view) => Words[view.GetType()];
}
