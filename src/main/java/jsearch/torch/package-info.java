/**
 * TorchScript source and tensors enter; tensors leave.
 *
 * <p>Programs, devices and native memory; the one home of DJL. Must not know what a tensor means.
 */
package jsearch.torch;
