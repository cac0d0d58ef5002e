using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>Reads a class with <c>[Saga]</c>: symbols in, plain facts out.</summary>
/// <param name="context">The class.</param>
/// <param name="attribute">Its attribute.</param>
internal sealed class SagaParser(ParseContext context, AttributeData attribute)
{
    private readonly SagaOptionsParser _options = new(context);

    /// <summary>The facts of a saga; null for a class that is none, or one that nothing can be generated for.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SagaSpec? Parse(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
        => SagaNames.Find(type, "SagaAttribute") is { } attribute && type.TypeKind == TypeKind.Class
            ? new SagaParser(new ParseContext(type, compilation, sink, cancellationToken), attribute).Parse()
            : null;

    private SagaSpec? Parse()
    {
        SagaDeclaration.Check(context);
        var constructor = context.HasFaults ? default : SagaConstruction.Parse(context);
        var name = Name();
        var deadline = _options.Seconds(context.Entity, attribute, "DeadlineSeconds");
        var methods = new SagaMethods(context).Find();
        if (context.HasFaults)
        {
            // What is bound to what would only repeat that something is missing.
            return null;
        }

        var binding = new SagaBinding(context, methods);
        binding.FindInput();
        var result = ResultStep(methods);
        var codecs = new JsonCodecParser(
            context.Entity,
            context.Compilation,
            fault => context.Report(ProblemKind.SagaNotEncodable, fault.Symbol, null, fault.Place, fault.Why, fault.Next),
            context.CancellationToken);
        var input = binding.Input is { } type ? codecs.Parse(type, new JsonPlace(context.Entity, "the input")) : null;
        var steps = Steps(methods, binding, codecs);
        if (codecs.Codec() is not { } codec || input is null || context.HasFaults)
        {
            return null;
        }

        return new SagaSpec(
            TypeNames.Describe(context.Entity),
            name!,
            deadline,
            input with { IsNullable = false },
            steps,
            result < 0 ? null : result,
            codec,
            new SagaEntrySpec(
                TypeNames.Plain(context.Entity),
                SagaNames.PropertyOf(context.Entity),
                FreeName(),
                input.Type,
                result < 0 ? null : ResultType(methods[result]),
                IsPublic(binding.Input!, result < 0 ? null : methods[result].Result),
                constructor,
                Events(methods)));
    }

    private string? Name()
    {
        if (Annotations.FirstText(attribute) is not { } name)
        {
            if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Kind == TypedConstantKind.Error)
            {
                context.MarkFaulty();
                return null;
            }

            name = "";
        }

        if (EventNames.Fault(name) is { } fault)
        {
            var shown = name.Length > 50 ? name.Substring(0, 50) + "…" : name;
            context.Report(ProblemKind.SagaName, context.Entity, attribute, SymbolDisplay.FormatLiteral(shown, quote: false), fault);
        }

        return name;
    }

    // The step that is marked, else the first that returns something; what was waited for is rarely what is asked for.
    private int ResultStep(List<SagaMethod> methods)
    {
        var marked = methods.FindAll(static method => method.IsResult);
        if (marked.Count > 1)
        {
            Refuse(marked[1], $"'{marked[0].Symbol.Name}' is marked as well, and a saga has one result", "Remove one [Result]");
        }
        else if (marked.Count == 1 && marked[0].Result is null)
        {
            Refuse(marked[0], "it returns nothing", "Return Task<T>, or mark another step");
        }

        return marked.Count > 0 ? methods.IndexOf(marked[0]) : methods.FindIndex(static method => method.Kind == SagaStepKind.Work && method.Result is not null);

        void Refuse(SagaMethod method, string why, string next)
            => context.Report(ProblemKind.SagaResult, method.Symbol, SagaNames.Find(method.Symbol, "ResultAttribute"), method.Symbol.Name, why, next);
    }

    private EquatableArray<SagaStepSpec> Steps(List<SagaMethod> methods, SagaBinding binding, JsonCodecParser codecs)
    {
        var steps = new List<SagaStepSpec>();
        foreach (var method in methods)
        {
            var (arguments, target) = binding.Bind(method);
            var result = method is { Kind: SagaStepKind.Work, Result: { } type } ? codecs.Parse(type, new JsonPlace(method.Symbol, $"what {method.Symbol.Name} returns")) : null;
            var compensation = method.Compensation is null ? default : binding.BindCompensation(method, target is not null);
            var waitFor = SagaNames.Find(method.Symbol, "WaitForAttribute");
            steps.Add(new SagaStepSpec(
                method.Kind,
                method.Number,
                Work(method.Symbol, target, arguments),
                result,
                method.IsPivot,
                method.Event is { } awaited ? TypeNames.Plain(awaited) : null,
                waitFor is null ? null : _options.Seconds(method.Symbol, waitFor, "TimeoutSeconds"),
                method.Compensation is null ? null : Work(method.Compensation, compensation.Target, compensation.Arguments),
                compensation.NeedsResult));
        }

        return steps.ToEquatableArray();
    }

    private SagaWorkSpec Work(IMethodSymbol method, DatabaseKind? target, EquatableArray<SagaValueSpec> arguments)
        => new(method.Name, method.IsStatic, SagaReturns.IsValueTask(method.ReturnType), target, arguments, _options.Retry(method), _options.Timeout(method));

    private EquatableArray<HandledEventSpec> Events(List<SagaMethod> methods)
    {
        var events = new SortedDictionary<string, HandledEventSpec>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            if (method.Event is { } awaited)
            {
                var entry = new EventEntrySpec(TypeNames.Plain(awaited), EventNames.ImplementsForItself(awaited, "IUpgradableEvent"));
                events[entry.Type] = new HandledEventSpec(entry, HandlerShape.IsOwnEvent(awaited, context.Compilation));
            }
        }

        return new List<HandledEventSpec>(events.Values).ToEquatableArray();
    }

    private bool IsPublic(ITypeSymbol input, ITypeSymbol? result)
        => Visibility.IsPublic(input) && (result is null || Visibility.IsPublic(result));

    private static string ResultType(SagaMethod method)
        => TypeNames.NotNull(method.Result!) + (method.Result!.IsReferenceType && method.Result.NullableAnnotation == NullableAnnotation.Annotated ? "?" : "");

    // A name that the class does not use.
    private string FreeName()
    {
        const string Name = "DefineSaga";
        var taken = new HashSet<string>(StringComparer.Ordinal) { context.Entity.Name };
        for (var type = context.Entity; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (!RootParser.IsGenerated(member) || !SymbolEqualityComparer.Default.Equals(type, context.Entity))
                {
                    taken.Add(member.Name);
                }
            }
        }

        var name = Name;
        for (var number = 2; taken.Contains(name); number++)
        {
            name = Name + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}
