using System.Collections.Generic;
using System.Globalization;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The expressions of a saga's definition.</summary>
internal static class SagaCode
{
    public const string Sagas = "global::DualDb.Consistency.Sagas.";

    private const string Lambda = "static (saga, values, call) => ";

    /// <summary>The lambda that calls a method of a saga.</summary>
    public static string Call(string saga, SagaWorkSpec work, bool asTask)
    {
        var arguments = new List<string>();
        foreach (var argument in work.Arguments)
        {
            arguments.Add(Argument(argument));
        }

        var called = $"{(work.IsStatic ? saga : "saga")}.{Identifier.Escape(work.Method)}({string.Join(", ", arguments)})";
        return Lambda + called + (asTask && work.IsValueTask ? ".AsTask()" : "");
    }

    /// <summary>The codec of a value.</summary>
    /// <param name="codec">How it is written and read.</param>
    /// <param name="value">The value.</param>
    /// <param name="signature">The type as an instance keeps it.</param>
    public static string Codec(JsonCodecSpec codec, JsonValueSpec value, string signature)
    {
        // A whole document is read with the name of its type, so that a failure says which value of it is at fault.
        var present = value with { IsNullable = false };
        var read = value.Method is { } method
            ? $"{JsonCode.Runtime}.Read(ref reader, {Identifier.Literal(Shown(codec, method))}, {codec.Holder}.Read{method})"
            : JsonCode.Read(present);
        var subject = value is { IsNullable: true, IsValueType: true } ? "value!.Value" : value.IsNullable ? "value!" : "value";
        var write = (value.Method is null ? "" : codec.Holder + ".") + JsonCode.Write(present, subject).TrimEnd(';');
        return $"""
            new {Sagas}SagaCodec<{value.Declared}>(
                {Identifier.Literal(signature)},
                static (writer, value) => {write},
                static ({JsonCode.Reader} reader) => {read}{(value.IsNullable ? ",\n    acceptsNull: true" : "")}{(JsonMasks.Of(codec).Expression(value) is { } mask ? $",\n    mask: {mask}" : "")})
            """;
    }

    public static string Target(DatabaseKind? target) => target is { } database ? "global::DualDb.Database." + database : "null";

    public static string? Retry(SagaRetrySpec? retry) => retry is null
        ? null
        : $"new {Sagas}RetryPolicy({Identifier.Number(retry.MaxAttempts)}, global::System.TimeSpan.FromMilliseconds({Identifier.Number(retry.DelayMilliseconds)}), global::System.TimeSpan.FromSeconds({Identifier.Number(retry.MaxDelaySeconds)}))";

    public static string? Seconds(double? seconds)
        => seconds is { } time ? $"global::System.TimeSpan.FromSeconds({time.ToString("R", CultureInfo.InvariantCulture)}d)" : null;

    private static string Shown(JsonCodecSpec codec, string method)
    {
        foreach (var type in codec.Types)
        {
            if (type.Method == method)
            {
                return type.Shown;
            }
        }

        return method;
    }

    private static string Argument(SagaValueSpec value) => value.Source switch
    {
        SagaValueSource.Input => $"values.Input<{value.Type}>()",
        SagaValueSource.Result => $"values.Result<{value.Type}>({Identifier.Number(value.Step)})",
        SagaValueSource.ResultOrDefault => $"values.ResultOrDefault<{value.Type}>({Identifier.Number(value.Step)})",
        SagaValueSource.Neon => "call.Neon",
        SagaValueSource.Supabase => "call.Supabase",
        SagaValueSource.Context => "call.Context",
        _ => "call.CancellationToken",
    };
}
