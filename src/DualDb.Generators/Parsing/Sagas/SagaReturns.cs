using System;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What the methods of sagas return.</summary>
internal static class SagaReturns
{
    private const string Tasks = "System.Threading.Tasks";

    /// <summary>The result of a step; null for none.</summary>
    /// <param name="step">The step.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="refuse">Is told where the method returns what no step does.</param>
    public static ITypeSymbol? ResultOf(SagaMethod step, Compilation compilation, Action<(string Why, string Next)> refuse)
    {
        var type = step.Symbol.ReturnType;
        switch (step.Kind)
        {
            case SagaStepKind.Event:
                if (!IsKey(type))
                {
                    refuse(("it does not return the key of the event that it waits for", "Return EventKey, a string, a long or a Guid"));
                }

                return step.Event;

            case SagaStepKind.Delay:
                if (!TypeNames.Is(type, "System", "TimeSpan"))
                {
                    refuse(("it does not return how long it waits", "Return TimeSpan"));
                }

                return null;

            default:
                if (!IsTask(type, compilation, out var result))
                {
                    refuse(("it does not return a task", "Return Task, or Task<T> with a result for later steps"));
                }

                return result;
        }
    }

    /// <summary>Whether a type is a task, and of what.</summary>
    public static bool IsTask(ITypeSymbol type, Compilation compilation, out ITypeSymbol? result)
    {
        result = null;
        if (type is not INamedTypeSymbol named || !(TypeNames.Is(named, Tasks, "Task") || TypeNames.Is(named, Tasks, "ValueTask")))
        {
            return false;
        }

        result = named.TypeArguments.Length == 1 ? named.TypeArguments[0] : null;
        return true;
    }

    public static bool IsValueTask(ITypeSymbol type) => TypeNames.Is(type, Tasks, "ValueTask");

    private static bool IsKey(ITypeSymbol type)
        => EventNames.Is(type, "EventKey") || TypeNames.Is(type, "System", "Guid") || type.SpecialType is SpecialType.System_String or SpecialType.System_Int64 or SpecialType.System_Int32;
}
