/**
 * A response and the instructions that it was given enter; whether it follows each of them leaves.
 *
 * <p>The rules are those of IFEval: Zhou et al. 2023, "Instruction-Following Evaluation for Large
 * Language Models", as google-research/instruction_following_eval has them. Must not know tasks,
 * metrics or models.
 */
package jsearch.instruction;
