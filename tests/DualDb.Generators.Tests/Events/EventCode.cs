using System.Buffers;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Events;
using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Tests.Events;

/// <summary>A project whose events were generated and compiled, loaded so that they can be written and read.</summary>
internal sealed class EventCode
{
    private readonly Assembly _assembly;

    private EventCode(Assembly assembly) => _assembly = assembly;

    public static EventCode Of(string source)
    {
        var run = GeneratorRun.Of(Fixture.Project(source));
        using var image = new MemoryStream();
        var result = run.Output.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return new EventCode(Assembly.Load(image.ToArray()));
    }

    public Type Type(string name) => _assembly.GetType(name, throwOnError: true)!;

    public string Write(object value) => Call<string>(nameof(WriteAs), value.GetType(), value);

    /// <summary>Reads a document of an event; what its codec throws is thrown as it is.</summary>
    public object Read(Type type, string json) => Call<object>(nameof(ReadAs), type, json);

    public object Read(string type, string json) => Read(Type(type), json);

    private static T Call<T>(string method, Type type, object argument)
    {
        try
        {
            return (T)typeof(EventCode).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [argument])!;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    /// <summary>What operators are shown of a document.</summary>
    public string Mask(Type type, string json) => Call<string>(nameof(MaskAs), type, json);

    private static string MaskAs<T>(string json)
        where T : IDomainEvent<T>
        => T.Mask?.Apply(json) ?? json;

    private static string WriteAs<T>(T value)
        where T : IDomainEvent<T>
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            T.Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static object ReadAs<T>(string json)
        where T : IDomainEvent<T>
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Assert.True(reader.Read());
        var value = T.Read(ref reader);

        // The last token was reached, and nothing else was taken.
        Assert.Equal(0, reader.CurrentDepth);
        Assert.False(reader.Read());
        return value;
    }
}
