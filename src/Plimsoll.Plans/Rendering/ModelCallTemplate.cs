using System.Text.Json;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Rendering;

/// <summary>A model call as written, parsed once.</summary>
internal sealed record ModelCallTemplate(TextTemplate Model, TextTemplate Prompt, TextTemplate? System, int? MaxTokens)
{
    public bool IsConstant => Model.Constant is not null && Prompt.Constant is not null && (System is null || System.Constant is not null);

    public static ModelCallTemplate Read(JsonElement json) => new(
        TaskTemplateModel.Parse(json.GetProperty(DocumentFields.Model).GetString()!),
        TaskTemplateModel.Parse(json.GetProperty(DocumentFields.LlmPrompt).GetString()!),
        json.TryGetProperty(DocumentFields.System, out JsonElement system) ? TaskTemplateModel.Parse(system.GetString()!) : null,
        json.TryGetProperty(DocumentFields.MaxTokens, out JsonElement most) ? most.GetInt32() : null);

    public ModelCall Render(Func<TextTemplate, string> text) => new(text(Model), text(Prompt), System is null ? null : text(System), MaxTokens);

    /// <summary>The model and the prompt, for people.</summary>
    public string Describe(Func<TextTemplate, string> text) => $"{text(Model)}: {text(Prompt)}";
}
