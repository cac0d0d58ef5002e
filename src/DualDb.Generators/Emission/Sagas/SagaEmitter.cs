using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the file of one saga: its definition, and how its input and results are stored.</summary>
internal static class SagaEmitter
{
    private const string Sagas = SagaCode.Sagas;

    public static string Emit(SagaSpec spec)
    {
        var writer = GeneratedFile.Begin();
        GeneratedFile.Beside(writer, spec.Type, () => Write(writer, spec));
        return writer.ToString();
    }

    private static void Write(SourceWriter writer, SagaSpec spec)
    {
        var type = spec.Type.FullName;
        writer.Lines($"partial {spec.Type.Keyword} {EntityEmitter.DeclaredName(spec.Type)}");
        writer.Open();
        writer.Lines($"""
            /// <summary>The saga as the runtime knows it.</summary>
            /// <param name="create">Makes an instance of the class.</param>
            {GeneratedFile.Hidden}
            internal static {Sagas}SagaDefinition {spec.Entry.Define}(
                global::System.Func<global::DualDb.IDualDatabase, global::System.IServiceProvider, {type}> create)
                => new {Sagas}SagaDefinition<{type}, {spec.Input.Declared}>(
            """);
        writer.Indented(() => writer.Indented(() => WriteDefinition(writer, spec)));
        writer.Blank();
        JsonCodecEmitter.Write(writer, spec.Codec);
        writer.Close();
    }

    private static void WriteDefinition(SourceWriter writer, SagaSpec spec)
    {
        writer.Lines(Identifier.Literal(spec.Name) + ",");
        writer.Lines(SagaCode.Codec(spec.Codec, spec.Input, Signature(spec.Input)) + ",");
        writer.Lines("create,");
        writer.Lines($"deadline: {SagaCode.Seconds(spec.DeadlineSeconds) ?? "null"},");
        writer.Lines($"resultStep: {(spec.ResultStep is { } step ? Identifier.Number(step) : "null")},");
        writer.Lines("[");
        writer.Indented(() =>
        {
            foreach (var step in spec.Steps)
            {
                WriteStep(writer, spec, step);
            }
        });
        writer.Lines("]);");
    }

    private static void WriteStep(SourceWriter writer, SagaSpec spec, SagaStepSpec step)
    {
        const string Ending = "),";
        var type = spec.Type.FullName;
        var head = $"{Identifier.Literal(step.Work.Method)}, {Identifier.Number(step.Number)}";
        var call = SagaCode.Call(type, step.Work, asTask: true);
        switch (step.Kind)
        {
            case SagaStepKind.Event:
                writer.Lines($"{Sagas}SagaStep.WaitFor<{type}, {step.Event}>({head},");
                WriteArguments(writer, [call, Named("timeout", SagaCode.Seconds(step.WaitSeconds))], Ending);
                break;

            case SagaStepKind.Delay:
                writer.Lines($"{Sagas}SagaStep.Delay<{type}>({head},");
                WriteArguments(writer, [call], Ending);
                break;

            default:
                var result = step.Result is { } value ? ", " + value.Declared : "";
                writer.Lines($"{Sagas}SagaStep.Of<{type}{result}>({head}, {SagaCode.Target(step.Work.Target)},");
                WriteArguments(
                    writer,
                    [
                        step.Result is null ? null : SagaCode.Codec(spec.Codec, step.Result, Signature(step.Result)),
                        call,
                        Named("compensation", Compensation(type, step)),
                        step.IsPivot ? "isPivot: true" : null,
                        Named("retry", SagaCode.Retry(step.Work.Retry)),
                        Named("timeout", SagaCode.Seconds(step.Work.TimeoutSeconds)),
                    ],
                    Ending);
                break;
        }
    }

    private static string? Compensation(string type, SagaStepSpec step)
    {
        if (step.Compensation is not { } work)
        {
            return null;
        }

        var arguments = new List<string>
        {
            Identifier.Literal(work.Method),
            SagaCode.Target(work.Target),
            SagaCode.Call(type, work, asTask: true),
            $"needsResult: {(step.NeedsResult ? "true" : "false")}",
        };
        Add(arguments, Named("retry", SagaCode.Retry(work.Retry)));
        Add(arguments, Named("timeout", SagaCode.Seconds(work.TimeoutSeconds)));
        return $"{Sagas}SagaCompensation.Of<{type}>(\n    {string.Join(",\n    ", arguments)})";
    }

    private static void WriteArguments(SourceWriter writer, IReadOnlyList<string?> arguments, string ending)
    {
        var given = new List<string>();
        foreach (var argument in arguments)
        {
            Add(given, argument);
        }

        writer.Indented(() => writer.Lines(string.Join(",\n", given) + ending));
    }

    private static void Add(List<string> arguments, string? argument)
    {
        if (argument is not null)
        {
            arguments.Add(argument);
        }
    }

    private static string? Named(string name, string? value) => value is null ? null : $"{name}: {value}";

    // What cannot be read any more is found out by reading it; a name that is another type's is told at once.
    private static string Signature(JsonValueSpec value) => value.Declared.Replace("global::", "");
}
