namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>Whose behaviour is modelled.</summary>
public enum ProviderKind
{
    Anthropic,
    OpenAI,
    Azure,

    /// <summary>Gemini behind the routes of OpenAI.</summary>
    Gemini,
}
