using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes the sagas of a root: the property, and the class behind it with a property per saga.</summary>
internal static class RootSagasEmitter
{
    private const string Sagas = SagaCode.Sagas;
    private const string Definitions = "SagaList";

    public static string Emit(RootSagasSpec spec)
    {
        var writer = GeneratedFile.Begin();
        GeneratedFile.Beside(writer, spec.Type, () =>
        {
            WriteInterface(writer, spec);
            WriteRoot(writer, spec);
            WriteSet(writer, spec);
            WriteDefinitions(writer, spec);
        });
        return writer.ToString();
    }

    /// <summary>The class behind the property.</summary>
    private static string SetName(RootSagasSpec spec) => spec.Type.Name + "Sagas";

    private static void WriteInterface(SourceWriter writer, RootSagasSpec spec)
    {
        writer.Lines($"partial interface I{spec.Type.Name}");
        writer.Open();
        writer.Lines($$"""
            /// <summary>The sagas of this project, and what operators can do to them.</summary>
            {{SetName(spec)}} Sagas { get; }
            """);
        writer.Close();
    }

    private static void WriteRoot(SourceWriter writer, RootSagasSpec spec)
    {
        writer.Separate();
        writer.Lines($"partial class {EntityEmitter.DeclaredName(spec.Type)} : {Sagas}ISagaRoot");
        writer.Open();
        writer.Lines($$"""
            private {{SetName(spec)}}? {{spec.Field}};

            /// <inheritdoc/>
            public {{SetName(spec)}} Sagas
            {
                get
                {
                    if ({{spec.Field}} is { } sagas)
                    {
                        return sagas;
                    }

                    // Where two threads meet here, both are given the one that came first.
                    sagas = new {{SetName(spec)}}(this);
                    return global::System.Threading.Interlocked.CompareExchange(ref {{spec.Field}}, sagas, null) ?? sagas;
                }
            }

            /// <inheritdoc/>
            {{Sagas}}SagaSet {{Sagas}}ISagaRoot.Sagas => Sagas;
            """);
        writer.Close();
    }

    private static void WriteSet(SourceWriter writer, RootSagasSpec spec)
    {
        writer.Separate();
        writer.Lines($"""
            /// <summary>The sagas of <see cref="{spec.Type.FullName}"/>.</summary>
            {GeneratedFile.Attribute}
            {(spec.Type.IsPublic ? "public" : "internal")} sealed class {SetName(spec)} : {Sagas}SagaSet
            """);
        writer.Open();
        writer.Lines($"internal {SetName(spec)}({spec.Type.FullName} root)");
        writer.Indented(() => writer.Lines($": base(root, [{string.Join(", ", Each(spec, static saga => $"{Definitions}.{Identifier.Escape(saga.Property)}"))}])"));
        writer.Open();
        foreach (var saga in spec.Sagas)
        {
            writer.Lines($"{Identifier.Escape(saga.Property)} = new {Handle(saga)}(this, {Definitions}.{Identifier.Escape(saga.Property)});");
        }

        writer.Close();
        foreach (var saga in spec.Sagas)
        {
            writer.Blank();
            writer.Lines($$"""
                /// <summary>Starts and awaits the saga <see cref="{{saga.Type}}"/>.</summary>
                {{(saga.IsPublic ? "public" : "internal")}} {{Handle(saga)}} {{Identifier.Escape(saga.Property)}} { get; }
                """);
        }

        writer.Close();
    }

    // File-local, so that no type of the user's can have the same name.
    private static void WriteDefinitions(SourceWriter writer, RootSagasSpec spec)
    {
        writer.Separate();
        writer.Lines(GeneratedFile.Attribute);
        writer.Lines($"file static class {Definitions}");
        writer.Open();
        foreach (var saga in spec.Sagas)
        {
            writer.Separate();
            writer.Lines($"public static readonly {Sagas}SagaDefinition {Identifier.Escape(saga.Property)} = {saga.Type}.{saga.Define}(");
            writer.Indented(() => writer.Lines($"static (root, services) => new {saga.Type}({string.Join(", ", Arguments(spec, saga))}));"));
        }

        writer.Close();
    }

    private static IEnumerable<string> Arguments(RootSagasSpec spec, SagaEntrySpec saga)
    {
        foreach (var argument in saga.Arguments)
        {
            yield return argument.Kind switch
            {
                SagaArgumentKind.Root or SagaArgumentKind.Unknown => $"({spec.Type.FullName})root",
                SagaArgumentKind.AnyRoot => "root",
                SagaArgumentKind.Services => "services",
                _ => $"global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<{argument.Type}>(services)",
            };
        }
    }

    private static IEnumerable<string> Each(RootSagasSpec spec, System.Func<SagaEntrySpec, string> select)
    {
        foreach (var saga in spec.Sagas)
        {
            yield return select(saga);
        }
    }

    private static string Handle(SagaEntrySpec saga) => $"{Sagas}Saga<{saga.Input}{(saga.Result is null ? "" : ", " + saga.Result)}>";
}
