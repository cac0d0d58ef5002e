using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.Consistency.Sagas;

namespace DualDb.AspNetCore.Dashboard.Sections.Sagas;

/// <summary>States in words, and addresses.</summary>
internal static class SagaWords
{
    public static Text Of(SagaState state) => state switch
    {
        SagaState.Running => SagaTexts.Running,
        SagaState.Waiting => SagaTexts.Waiting,
        SagaState.Compensating => SagaTexts.IsCompensating,
        SagaState.Completed => SagaTexts.Completed,
        SagaState.Compensated => SagaTexts.Compensated,
        SagaState.CompensationFailed => SagaTexts.CompensationFailed,
        _ => SagaTexts.Parked,
    };

    public static Tone ToneOf(SagaState state) => state switch
    {
        SagaState.CompensationFailed or SagaState.Parked => Tone.Bad,
        SagaState.Compensating or SagaState.Compensated => Tone.Warning,
        SagaState.Completed => Tone.Good,
        _ => Tone.Plain,
    };

    public static string AddressOf(string saga, string id) => $"/sagas?saga={Uri.EscapeDataString(saga)}&id={Uri.EscapeDataString(id)}";
}
