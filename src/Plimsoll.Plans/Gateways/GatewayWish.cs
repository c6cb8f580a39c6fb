using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Gateways;

/// <summary>Reads <c>gateway:</c> of a task or an agent: yes, no, or through which provider or pool.</summary>
internal static class GatewayWish
{
    public const string Yes = "true";
    public const string No = "false";

    public const string Schema = """{"anyOf":[{"type":"boolean"},{"type":"string","minLength":1}]}""";

    public static string? Read(Node node, Scalars scalars) => scalars.Text(node, "gateway", 100) switch
    {
        "true" or "True" or "on" or "yes" => Yes,
        "false" or "False" or "off" or "no" => No,
        var name => name,
    };
}
